using System.Management.Automation;
using NetPolTools.Asking;
using NetPolTools.Completion;
using NetPolTools.Diagnostics;
using NetPolTools.Dialects;
using NetPolTools.Intents;
using NetPolTools.Output;
using NetPolTools.Reports;
using NetPolTools.Sets;
using NetPolTools.Writing;

namespace NetPolTools.Commands;

/// <summary>Finds the smallest changes that let one end reach another, or stop it, and tells what else each of them would do.</summary>
[Cmdlet(VerbsCommon.Get, "NetPolRepair", DefaultParameterSetName = PathSet, SupportsShouldProcess = true)]
[OutputType(typeof(NetPolRepair))]
public sealed class GetNetPolRepairCommand : QueryCommand
{
    private Intent? _intent;

    [Parameter(Mandatory = true)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(EndpointCompleter))]
    public string[] From { get; set; } = [];

    [Parameter(Mandatory = true)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(DestinationCompleter))]
    public string[] To { get; set; } = [];

    [Parameter]
    [ValidateNotNullOrEmpty]
    public string[] Port { get; set; } = [];

    [Parameter]
    [ValidateNotNullOrEmpty]
    public Protocol[] Protocol { get; set; } = [];

    [Parameter]
    public SwitchParameter Deny { get; set; }

    [Parameter]
    [ValidateRange(1, 1000)]
    public int First { get; set; } = 16;

    [Parameter(ParameterSetName = PathSet)]
    [Parameter(ParameterSetName = LiteralPathSet)]
    [Parameter(ParameterSetName = InputObjectSet)]
    public SwitchParameter Fix { get; set; }

    private protected override void Prepare()
    {
        var query = Arguments.Query(this, Listing.GroupBy.Pod, From, To, Port, Protocol, []);
        if (Port.Length == 0 && !Deny)
            ThrowTerminatingError(ErrorRecords.InvalidArgument("The question needs a -Port; with -Deny, all ports are meant without it.", Port));
        _intent = RepairIntent.Of(query.From, query.To, query.AskedPorts, Deny);
    }

    private protected override void Answer(NetPolSnapshot snapshot)
    {
        var question = new RepairQuestion(_intent!) { Namespaces = Namespace, Assumptions = Assumed() };
        WriteSettings(snapshot, question.Assumptions);
        var answer = question.Ask(snapshot.Evaluator, ParameterWords.Default, Cancellation);
        WriteDiagnostics(answer);
        if (answer.Value is not { } report)
            return;
        if (report.HoldsAlready)
            WriteVerbose($"{report.Intent}: holds already.");
        foreach (var obstacle in report.Obstacles)
            WriteProblem(ErrorRecords.From(new Diagnostic(DiagnosticId.NotAsAsked, DiagnosticSeverity.Error, obstacle), report.Intent.Name));
        var fixer = new RepairFixer(ReaderOptions(), YamlBridge.Parse, YamlBridge.Write);
        for (var i = 0; i < Math.Min(First, report.Repairs.Count); i++)
        {
            var repair = report.Repairs[i];

            // Each reads its files anew, and mostly one of them is looked at.
            var files = new Lazy<RepairedFiles>(() => fixer.Propose(repair, CancellationToken.None));
            var isFixed = Fix && i == 0 && Make(repair, files.Value);
            WriteObject(new NetPolRepair(i + 1, repair, Yaml(repair.Policies), new Lazy<string>(() => PatchOf(repair, files.Value)), isFixed));
        }
    }

    private bool Make(Repair repair, RepairedFiles files)
    {
        if (files.Refusal is { } why)
        {
            WriteWarning($"The repair is not made: {why}");
            return false;
        }

        var isMade = true;
        foreach (var (file, after, isThere) in files.All())
        {
            if (!ShouldProcess(isThere ? file : $"{file}, a new file", $"{repair} ({repair.Effect})"))
                return false;
            try
            {
                WholeFile.Write(file, stream => stream.Write(after.Bytes()), overwrite: isThere);
                WriteVerbose(isThere ? $"{file} is changed." : $"{file} is written.");
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                WriteError(ErrorRecords.Unwritable(file, e, file));
                isMade = false;
            }
        }

        return isMade;
    }

    private static string PatchOf(Repair repair, RepairedFiles files) => files.IsPatch
        ? files.Unified()
        : string.Join(
            '\n',
            new[] { Yaml(repair.Steps.Select(static step => step.NewPolicy).OfType<Objects.NetworkPolicy>()) }.Where(static text => text.Length > 0)
                .Concat(RepairPatch.Commands(repair with { Steps = [.. repair.Steps.Where(static step => step.NewPolicy is null)] }) ?? []));

    private static string Yaml(IEnumerable<Objects.NetworkPolicy> policies) =>
        string.Join("\n", policies.Select(static policy => YamlBridge.Write(CanonicalManifest.Of(PolicyManifests.Of(policy)!))));
}
