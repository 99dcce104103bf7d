using System.Collections;
using System.Management.Automation;
using NetPolTools.Asking;
using NetPolTools.Listing;
using NetPolTools.Output;

namespace NetPolTools.Commands;

/// <summary>Tells which workloads policies isolate in which direction, by which policies, and how far namespaces are covered.</summary>
[Cmdlet(VerbsCommon.Get, "NetPolIsolation", DefaultParameterSetName = PathSet)]
[OutputType(typeof(NetPolIsolation), typeof(NetPolNamespaceIsolation))]
public sealed class GetNetPolIsolationCommand : InputCommand
{
    [Parameter]
    public GroupBy By { get; set; }

    [Parameter]
    public SwitchParameter Open { get; set; }

    [Parameter]
    public SwitchParameter IPBlockIgnoresPods { get; set; }

    [Parameter]
    public SwitchParameter IncludeStaged { get; set; }

    [Parameter]
    [ValidateNotNull]
    public Hashtable? CiliumSetting { get; set; }

    private protected override void Answer(NetPolSnapshot snapshot)
    {
        var question = new IsolationQuestion
        {
            By = By,
            OpenOnly = Open,
            Namespaces = Namespace,
            Assumptions = Assumptions.None with
            {
                IncludesStaged = IncludeStaged,
                IPBlockIgnoresPods = IPBlockIgnoresPods,
                Cilium = Arguments.Cilium(this, CiliumSetting),
            },
        };
        var answer = question.Ask(snapshot.Evaluator, ParameterWords.Default, Cancellation);
        WriteSettings(snapshot, question.Assumptions);
        WriteDiagnostics(answer);
        if (answer.Value is not { } isolation)
            return;
        foreach (var ofNamespace in isolation.Namespaces)
            WriteObject(new NetPolNamespaceIsolation(ofNamespace) { NotEvaluated = snapshot.NotEvaluatedPolicies });
        foreach (var ofWorkload in isolation.Workloads)
            WriteObject(new NetPolIsolation(ofWorkload) { NotEvaluated = snapshot.NotEvaluatedPolicies });
    }
}
