using System.Management.Automation;
using NetPolTools.Asking;
using NetPolTools.Diagnostics;
using NetPolTools.Input;
using NetPolTools.Intents;
using NetPolTools.Output;
using NetPolTools.SeenTraffic;
using NetPolTools.Writing;

namespace NetPolTools.Commands;

/// <summary>Checks what must be reachable and what must not, and gives one result for each intent.</summary>
[Cmdlet(VerbsDiagnostic.Test, "NetPolIntent", DefaultParameterSetName = PathSet, SupportsShouldProcess = true)]
[OutputType(typeof(NetPolIntentResult), typeof(bool), typeof(FileInfo))]
public sealed class TestNetPolIntentCommand : QueryCommand
{
    private IntentSet _intents = new();
    private SnapshotInput? _before;
    private string? _file;

    [Parameter(Position = 1)]
    [ValidateNotNull]
    public PSObject? Intent { get; set; }

    [Parameter]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public PSObject[] Before { get; set; } = [];

    [Parameter]
    [ValidateNotNullOrEmpty]
    public PSObject[] Flow { get; set; } = [];

    [Parameter]
    public SwitchParameter FailedOnly { get; set; }

    [Parameter]
    public SwitchParameter Quiet { get; set; }

    [Parameter]
    public SwitchParameter Initialize { get; set; }

    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>An audit must not take a part of an answer for the whole.</summary>
    private protected override bool EndsOnError => Quiet;

    private protected override void EndWithoutAnswer() => ThrowProblems();

    private protected override void Prepare()
    {
        if (Initialize)
        {
            if (Quiet || FailedOnly || Before.Length > 0)
            {
                ThrowTerminatingError(ErrorRecords.InvalidArgument(
                    "-Initialize checks nothing; -Quiet, -FailedOnly and -Before have no place there.", Initialize));
            }

            if (Intent is not null && Intent.BaseObject is not string)
                ThrowTerminatingError(ErrorRecords.InvalidArgument("-Initialize writes a file; expected its path.", Intent));
            _file = LintSettingArguments.PathOf(this, Intent?.BaseObject as string ?? IntentFile.Name);
            return;
        }

        _intents = IntentArguments.Read(this, Intent);
        if (Before.Length == 0)
            return;
        _before = NewInput();
        foreach (var given in Before)
            AddArgument(_before, given);
    }

    private protected override void Answer(NetPolSnapshot snapshot)
    {
        ThrowProblems();
        if (_file is not null)
        {
            Write(snapshot, _file);
            return;
        }

        var (flows, lacksRecords) = Seen(snapshot);
        var question = new IntentQuestion(_intents) { Namespaces = Namespace, Assumptions = Assumed(), Flows = flows, LacksRecords = lacksRecords };
        WriteSettings(snapshot, question.Assumptions);
        var answer = question.Ask(snapshot.Evaluator, ParameterWords.Default, _before is null ? null : Finish(_before).Evaluator, Cancellation);
        WriteDiagnostics(answer);
        ThrowProblems();
        if (answer.Value is not { } report)
            return;
        if (Quiet)
        {
            WriteObject(!report.HasFailed && !report.HasUndetermined);
            return;
        }

        foreach (var result in report.Results)
        {
            if (!FailedOnly || result.Status != IntentStatus.Passed)
                WriteObject(new NetPolIntentResult(result));
        }
    }

    /// <summary>Null where no flows are given.</summary>
    private (IReadOnlyList<SeenFlow>? Flows, bool LacksRecords) Seen(NetPolSnapshot snapshot)
    {
        if (Flow.Length == 0)
            return (null, false);

        // Where the input could not be read, every end of a flow would be one that it does not hold.
        if (!snapshot.Cluster.HoldsPods)
            return ([], false);
        var lacksRecords = false;
        var input = new TrafficInput(snapshot.Evaluator.Ends, DefaultNamespace, Tell, Cancellation, keepsDenied: true);
        foreach (var given in Flow)
        {
            // A record is a JSON object; any other text is the path of a file.
            input.Add(given.BaseObject is string text && !text.TrimStart().StartsWith('{')
                ? PSObject.AsPSObject(new FileInfo(LintSettingArguments.PathOf(this, text)))
                : given);
        }

        return (input.Seen(), lacksRecords);

        void Tell(Diagnostic diagnostic, object? about)
        {
            lacksRecords |= diagnostic.Severity == DiagnosticSeverity.Error;
            WriteDiagnostic(diagnostic, about);
        }
    }

    private void Write(NetPolSnapshot snapshot, string file)
    {
        var (flows, lacksRecords) = Seen(snapshot);
        var answer = new IntentInitQuestion { Namespaces = Namespace, Assumptions = Assumed(), Flows = flows, LacksRecords = lacksRecords }
            .Ask(snapshot.Evaluator, ParameterWords.Default, Cancellation);
        WriteDiagnostics(answer);
        if (answer.Value is not { } written)
            return;
        if (File.Exists(file) && !Force && !WholeFile.Holds(file, written.Text))
        {
            WriteError(ErrorRecords.FileExists(file));
            return;
        }

        if (!ShouldProcess(file, $"Write {Text.Wording.Count(written.Count, "intent")}"))
            return;
        try
        {
            Directory.CreateDirectory(System.IO.Path.GetDirectoryName(file)!);
            WholeFile.Write(file, written.Text, overwrite: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            WriteError(ErrorRecords.Unwritable(file, e, file));
            return;
        }

        WriteObject(InvokeProvider.Item.Get([file], force: true, literalPath: true), enumerateCollection: true);
    }
}
