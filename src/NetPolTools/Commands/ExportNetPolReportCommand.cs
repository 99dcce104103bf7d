using System.Collections;
using System.Management.Automation;
using NetPolTools.Asking;
using NetPolTools.Completion;
using NetPolTools.Input;
using NetPolTools.Linting;
using NetPolTools.Listing;
using NetPolTools.Output;
using NetPolTools.Reports;
using NetPolTools.Sources;
using NetPolTools.Writing;

namespace NetPolTools.Commands;

/// <summary>
/// Writes everything about a cluster, or about a change of it, as a page, a picture or text; or findings of Invoke-NetPolLint in the form that another tool
/// reads: to the pipeline or to a file.
/// </summary>
[Cmdlet(VerbsData.Export, "NetPolReport", DefaultParameterSetName = InputObjectSet, SupportsShouldProcess = true)]
[OutputType(typeof(string), typeof(FileInfo))]
public sealed class ExportNetPolReportCommand : ContextCommand
{
    private readonly List<LintFinding> _findings = [];
    private readonly List<IntentResult> _intents = [];
    private readonly SourceTexts _sources = new(YamlBridge.Parse);
    private SnapshotInput? _input;
    private SnapshotInput? _reference;
    private Assumptions _assumptions = new();
    private string? _file;
    private string _root = "";
    private ReportKind _kind;
    private ReportPart? _part;
    private bool _hasInput;
    private bool _hasNoAnswer;

    [Parameter(Position = 0)]
    [Alias("LiteralPath")]
    [ValidateNotNullOrEmpty]
    public string? Path { get; set; }

    [Parameter]
    public ReportKind Format { get; set; }

    [Parameter(Mandatory = true, ValueFromPipeline = true, ParameterSetName = InputObjectSet)]
    [AllowNull]
    [AllowEmptyString]
    [AllowEmptyCollection]
    public PSObject? InputObject { get; set; }

    [Parameter(Mandatory = true, ParameterSetName = PathSet)]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public string[] Manifest { get; set; } = [];

    [Parameter]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public PSObject[] Reference { get; set; } = [];

    [Parameter]
    public SwitchParameter Apply { get; set; }

    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Workload { get; set; }

    [Parameter]
    public SwitchParameter IncludeExposure { get; set; }

    [Parameter]
    public ReportPart Part
    {
        get => _part ?? default;
        set => _part = value;
    }

    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Root { get; set; }

    [Parameter]
    public SwitchParameter IPBlockIgnoresPods { get; set; }

    [Parameter]
    public SwitchParameter IncludeStaged { get; set; }

    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(CniCompleter))]
    public string? Cni { get; set; }

    [Parameter]
    [ValidateNotNull]
    public Hashtable? CiliumSetting { get; set; }

    [Parameter]
    public SwitchParameter Force { get; set; }

    [Parameter]
    public SwitchParameter PassThru { get; set; }

    [Parameter]
    public SwitchParameter Show { get; set; }

    [Parameter(ParameterSetName = PathSet)]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public override string[] Include { get; set; } = [];

    [Parameter(ParameterSetName = PathSet)]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public override string[] Exclude { get; set; } = [];

    [Parameter(ParameterSetName = PathSet)]
    [Parameter(ParameterSetName = InputObjectSet)]
    [ValidateNotNullOrEmpty]
    public override string DefaultNamespace { get; set; } = "default";

    [Parameter(ParameterSetName = PathSet)]
    [Parameter(ParameterSetName = InputObjectSet)]
    [ValidateNotNullOrEmpty]
    public override string? KubernetesVersion { get; set; }

    private bool IsFormatGiven => MyInvocation.BoundParameters.ContainsKey(nameof(Format));

    protected override void BeginProcessing() => Guard(() =>
    {
        _file = Path is null ? null : Resolved(Path);
        _root = Root is null ? SessionState.Path.CurrentFileSystemLocation.ProviderPath : Resolved(Root);
        _kind = IsFormatGiven ? Format : ReportKinds.OfFile(_file);
        if (_file is null && (Show || Force || PassThru))
            ThrowTerminatingError(ErrorRecords.InvalidArgument("-Show, -Force and -PassThru are about a file: name it with -Path.", Path));
        if (Apply && Reference.Length == 0)
            ThrowTerminatingError(ErrorRecords.InvalidArgument("-Apply needs what the input is applied to: -Reference.", Apply));
        if (Workload is not null && (ReportKinds.OfCluster(_kind) is not { } form || !ReportFile.IsOfOneWorkload(form)))
            ThrowTerminatingError(ErrorRecords.InvalidArgument("-Workload is for pictures and graphs: -Format Svg, Mermaid or Dot.", Workload));
        if (_part is not null && _kind != ReportKind.Csv)
            ThrowTerminatingError(ErrorRecords.InvalidArgument("-Part is for -Format Csv, which is one table.", Part));
        if (_part == ReportPart.Difference && Reference.Length == 0)
            ThrowTerminatingError(ErrorRecords.InvalidArgument("-Part Difference needs what the input is compared with: -Reference.", Part));
        _assumptions = Arguments.Assumed(this, Cni, IncludeStaged, IPBlockIgnoresPods, CiliumSetting);
        if (Reference.Length > 0)
        {
            _reference = NewInput();
            foreach (var given in Reference)
                AddArgument(_reference, given);
        }

        _input = NewInput();
        foreach (var path in Manifest)
            AddPath(_input, path);
        if (ParameterSetName == ContextSet)
            _hasNoAnswer = !AddCluster(_input, Context);
    });

    private protected override void OnText(string name, string text) => _sources.Add(name, text);

    protected override void ProcessRecord() => Guard(() =>
    {
        if (ParameterSetName != InputObjectSet || InputObject is null)
            return;
        if (InputObject.BaseObject is NetPolLintFinding finding)
        {
            _findings.Add(finding.Source);
            return;
        }

        if (InputObject.BaseObject is NetPolIntentResult result)
        {
            _intents.Add(result.Source);
            return;
        }

        _hasInput = true;
        AddPiped(_input!, InputObject);
    });

    protected override void EndProcessing() => Guard(() =>
    {
        if (_hasNoAnswer)
        {
            EndProgress();
            return;
        }

        if (new[] { _findings.Count > 0, _intents.Count > 0, _hasInput }.Count(static came => came) > 1)
        {
            ThrowTerminatingError(ErrorRecords.InvalidArgument(
                "Findings, results of intents or a cluster came from the pipeline together; expected one of them.", _kind));
        }

        // Where lint finds nothing, nothing comes.
        var isOfFindings = _findings.Count + _intents.Count > 0
            || (ParameterSetName == InputObjectSet && !_hasInput && ReportKinds.OfFindings(_kind) is not null);
        if (isOfFindings)
            WriteFindings();
        else
            WriteCluster();
        EndProgress();
    });

    private void WriteFindings()
    {
        if (ReportKinds.OfFindings(_kind) is not { } format)
        {
            ThrowTerminatingError(ErrorRecords.InvalidArgument(
                $"Findings have no form {_kind}; expected Table, Json, Sarif, JUnit, NUnit3, Tap, GitHub, Sonar or Markdown.",
                _kind));
            return;
        }

        if (_intents.Count > 0)
        {
            using var ofIntents = new StringWriter();
            new IntentReportFile(new IntentReport(_intents), _intents[0].Intent.Location.File, [], [], _root).Write(format, ofIntents);
            Give(ofIntents.ToString(), Text.Wording.Count(_intents.Count, "intent"));
            return;
        }

        LintFinding[] found = LintReportFile.HasRegions(format)
            ? LintRegions.Of(_findings, new SourceTexts(YamlBridge.Parse).Open)
            : [.. _findings];
        using var text = new StringWriter();
        var left = new LintReportFile(new LintReport(found, []), [], [], _root).Write(format, text);
        if (left > 0)
            WriteWarning($"{Text.Wording.Count(left, "finding")} in no file had no place in this form.");
        Give(text.ToString(), Text.Wording.Count(_findings.Count, "finding"));
    }

    private void WriteCluster()
    {
        if (ReportKinds.OfCluster(_kind) is not { } format)
        {
            ThrowTerminatingError(ErrorRecords.InvalidArgument($"{_kind} is a form of findings: pipe what Invoke-NetPolLint gives.", _kind));
            return;
        }

        var reference = _reference is null ? null : Finish(_reference);
        var snapshot = Finish(_input!);
        ShowProgress("Evaluating");
        var question = new ReportQuestion
        {
            Namespaces = Namespace,
            Assumptions = _assumptions,
            Sources = _sources,
            Apply = Apply,
            WithExposure = IncludeExposure || _part == ReportPart.Exposure,
            IsForPage = format == ReportFormat.Html,
        };
        var answer = reference is null
            ? question.Ask(snapshot.Evaluator, ParameterWords.Default, Cancellation)
            : question.Ask(reference.Evaluator, snapshot.Evaluator, ParameterWords.Default, Cancellation);
        WriteSettings(snapshot, _assumptions);
        WriteDiagnostics(answer);
        if (answer.Value is not { } found)
            return;
        var report = new ReportFile(found, answer.AllDiagnostics(), _root);
        ConnectionEnd? around = null;
        if (Workload is not null)
        {
            if (report.Named(Workload) is not [var only])
            {
                ThrowTerminatingError(ErrorRecords.InvalidArgument(
                    $"'{Workload}' matches {(report.Named(Workload).Count == 0 ? "no workload" : "several workloads")} of the report; expected one, as "
                        + "namespace/name.", Workload));
                return;
            }

            around = only;
        }

        foreach (var sentence in ReportFile.SaysWhatIsLeftOut(format) ? [] : found.LeftOut)
            WriteWarning(sentence);
        ShowProgress("Writing");
        using var text = new StringWriter();
        report.Write(format, text, around, _part);
        Give(text.ToString(), $"a report of {snapshot}");
    }

    private string Resolved(string path)
    {
        var resolved = SessionState.Path.GetUnresolvedProviderPathFromPSPath(path, out var provider, out _);
        if (provider.Name != "FileSystem")
            ThrowTerminatingError(ErrorRecords.NotAFile(path, provider.Name));
        return resolved;
    }

    private void Give(string text, string what)
    {
        if (_file is null)
            WriteObject(text.TrimEnd('\n'));
        else
            Write(_file, text, what);
    }

    private void Write(string file, string text, string what)
    {
        var isThere = File.Exists(file);
        if (isThere && !Force && !WholeFile.Holds(file, text))
        {
            WriteError(ErrorRecords.FileExists(file));
            return;
        }

        if (!ShouldProcess(file, $"{(isThere ? "Replace with" : "Write")} {what}"))
            return;
        try
        {
            Directory.CreateDirectory(System.IO.Path.GetDirectoryName(file)!);
            WholeFile.Write(file, text, overwrite: true);
            if (Show)
                OpenedFile.Open(file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            WriteError(ErrorRecords.Unwritable(file, e, file));
            return;
        }

        // As Get-Item gives it, so that it binds to what takes files by PSPath.
        if (PassThru)
            WriteObject(InvokeProvider.Item.Get([file], force: true, literalPath: true), enumerateCollection: true);
    }
}
