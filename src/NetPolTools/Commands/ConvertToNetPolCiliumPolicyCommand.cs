using System.Management.Automation;
using NetPolTools.Asking;
using NetPolTools.Dialects.Cilium;

namespace NetPolTools.Commands;

/// <summary>Makes CiliumNetworkPolicies that decide the same on Cilium as the NetworkPolicies of a cluster.</summary>
[Cmdlet(VerbsData.ConvertTo, "NetPolCiliumPolicy", DefaultParameterSetName = PathSet)]
[OutputType(typeof(CiliumPolicy))]
public sealed class ConvertToNetPolCiliumPolicyCommand : ConversionCommand
{
    private protected override ConversionTarget Target => ConversionTarget.Cilium;
}
