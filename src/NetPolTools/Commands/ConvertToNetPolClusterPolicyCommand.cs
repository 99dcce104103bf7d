using System.Management.Automation;
using NetPolTools.Asking;
using NetPolTools.Dialects.AdminTiers;

namespace NetPolTools.Commands;

/// <summary>Makes ClusterNetworkPolicies that decide the same as the AdminNetworkPolicies and the BaselineAdminNetworkPolicy of a cluster.</summary>
[Cmdlet(VerbsData.ConvertTo, "NetPolClusterPolicy", DefaultParameterSetName = PathSet)]
[OutputType(typeof(AdminPolicy))]
public sealed class ConvertToNetPolClusterPolicyCommand : ConversionCommand
{
    // What is converted holds for the whole cluster: here, and only here, it is no parameter.
    public override string[] Namespace { get; set; } = [];

    private protected override ConversionTarget Target => ConversionTarget.ClusterNetworkPolicy;
}
