using System.Management.Automation;
using NetPolTools.Asking;
using NetPolTools.Dialects.AdminTiers;
using NetPolTools.Output;

namespace NetPolTools.Commands;

/// <summary>Makes ClusterNetworkPolicies that decide the same as the AdminNetworkPolicies and the BaselineAdminNetworkPolicy of a cluster.</summary>
[Cmdlet(VerbsData.ConvertTo, "NetPolClusterPolicy", DefaultParameterSetName = PathSet)]
[OutputType(typeof(AdminPolicy))]
public sealed class ConvertToNetPolClusterPolicyCommand : InputCommand
{
    // What is converted holds for the whole cluster: here, and only here, it is no parameter.
    public override string[] Namespace { get; set; } = [];

    private protected override void Answer(NetPolSnapshot snapshot)
    {
        var answer = ConversionQuestion.Ask(snapshot.Evaluator, ParameterWords.Default, Cancellation);
        WriteDiagnostics(answer);
        if (answer.Value is not { } converted)
            return;
        WriteVerbose($"To be deleted when these are applied: {string.Join(", ", converted.Replaced)}.");
        WriteObject(converted.Policies, enumerateCollection: true);
    }
}
