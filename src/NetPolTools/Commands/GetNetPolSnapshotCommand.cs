using System.Management.Automation;
using NetPolTools.Asking;
using NetPolTools.Completion;
using NetPolTools.Output;

namespace NetPolTools.Commands;

/// <summary>Reads manifests or objects once, to ask many questions of them.</summary>
[Cmdlet(VerbsCommon.Get, "NetPolSnapshot", DefaultParameterSetName = PathSet)]
[OutputType(typeof(NetPolSnapshot))]
public sealed class GetNetPolSnapshotCommand : InputCommand
{
    [Parameter(ParameterSetName = ContextSet)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(NamespaceCompleter))]
    public override string[] Namespace { get; set; } = [];

    private protected override void Answer(NetPolSnapshot snapshot)
    {
        WriteDiagnostics(SnapshotQuestion.Ask(snapshot.Evaluator, ParameterWords.Default));
        WriteObject(snapshot);
    }
}
