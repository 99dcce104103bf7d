using System.Management.Automation;
using NetPolTools.Asking;
using NetPolTools.Completion;
using NetPolTools.Editing;
using NetPolTools.Input;
using NetPolTools.Output;

namespace NetPolTools.Commands;

/// <summary>
/// Gives the cluster as it would be with other labels or policies, to be asked instead. Nothing is changed, neither the snapshot nor the
/// cluster.
/// </summary>
[Cmdlet(VerbsData.Edit, "NetPolSnapshot", DefaultParameterSetName = PathSet)]
[OutputType(typeof(NetPolSnapshot))]
public sealed class EditNetPolSnapshotCommand : InputCommand
{
    private EditQuestion _question = new();
    private SnapshotInput? _applied;

    [Parameter]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(EndpointCompleter))]
    public string[] Workload { get; set; } = [];

    [Parameter]
    [ValidateNotNullOrEmpty]
    [LabelChangeTransformation]
    [ArgumentCompleter(typeof(LabelChangeCompleter))]
    public LabelChange[] Label { get; set; } = [];

    [Parameter]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public PSObject[] Apply { get; set; } = [];

    [Parameter]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(PolicyCompleter))]
    public string[] RemovePolicy { get; set; } = [];

    private protected override void Prepare()
    {
        if (Label.Length > 0 && Workload.Length + Namespace.Length == 0)
            Refuse("-Label says which labels, and nothing says whose: give -Workload or -Namespace.");
        if (Label.Length == 0 && Workload.Length + Namespace.Length > 0)
            Refuse($"-{(Workload.Length > 0 ? nameof(Workload) : nameof(Namespace))} says whose labels are to change, and nothing says how: give -Label.");
        if (Workload.Length > 0 && Namespace.Length > 0)
        {
            Refuse("-Workload and -Namespace exclude each other: one changes labels of pods, the other of namespaces. "
                + "A workload of a namespace is named as shop/web.");
        }

        if (Label.Length + Apply.Length + RemovePolicy.Length == 0)
            Refuse("Nothing is to be changed: give -Label, -Apply or -RemovePolicy.");
        _question = new EditQuestion
        {
            Workloads = [.. Workload.Select(text => Arguments.Pattern(this, text))],
            Namespaces = Namespace,
            Labels = Label,
            RemovedPolicies = [.. RemovePolicy.Select(text => Arguments.Policy(this, text))],
        };
        if (Apply.Length == 0)
            return;
        _applied = NewInput();
        foreach (var given in Apply)
            AddArgument(_applied, given);
    }

    private protected override void Answer(NetPolSnapshot snapshot)
    {
        var applied = _applied is null ? null : Finish(_applied).Cluster;
        if (applied?.Objects().Any() == false)
            ThrowTerminatingError(ErrorRecords.NothingToApply());
        var answer = (_question with { Applied = applied }).Ask(snapshot.Cluster, ParameterWords.Default);
        WriteDiagnostics(answer);
        if (answer.Value is { } edited)
            WriteObject(new NetPolSnapshot(edited));
    }

    private void Refuse(string message) => ThrowTerminatingError(ErrorRecords.InvalidArgument(message, null));
}
