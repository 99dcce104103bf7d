using System.Management.Automation;
using NetPolTools.Asking;
using NetPolTools.Dialects.Calico;

namespace NetPolTools.Commands;

/// <summary>Makes NetworkPolicies of Calico that decide the same on Calico as the NetworkPolicies of a cluster.</summary>
[Cmdlet(VerbsData.ConvertTo, "NetPolCalicoPolicy", DefaultParameterSetName = PathSet)]
[OutputType(typeof(CalicoPolicy))]
public sealed class ConvertToNetPolCalicoPolicyCommand : ConversionCommand
{
    private protected override ConversionTarget Target => ConversionTarget.Calico;
}
