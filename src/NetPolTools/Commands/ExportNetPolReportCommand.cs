using System.Management.Automation;
using NetPolTools.Asking;
using NetPolTools.Linting;
using NetPolTools.Output;
using NetPolTools.Reports;
using NetPolTools.Sources;
using NetPolTools.Writing;

namespace NetPolTools.Commands;

/// <summary>Writes findings of Invoke-NetPolLint in the form that another tool reads: to the pipeline or to a file.</summary>
[Cmdlet(VerbsData.Export, "NetPolReport", DefaultParameterSetName = TextSet, SupportsShouldProcess = true)]
[OutputType(typeof(string), typeof(FileInfo))]
public sealed class ExportNetPolReportCommand : NetPolCommand
{
    private const string TextSet = "Text";
    private const string PathSet = "Path";

    private readonly List<LintFinding> _findings = [];
    private string? _file;
    private string _root = "";

    [Parameter(Mandatory = true, Position = 0, ParameterSetName = PathSet)]
    [Alias("LiteralPath")]
    [ValidateNotNullOrEmpty]
    public string? Path { get; set; }

    [Parameter(Mandatory = true)]
    public LintReportFormat Format { get; set; }

    [Parameter(Mandatory = true, ValueFromPipeline = true, ParameterSetName = TextSet)]
    [Parameter(Mandatory = true, ValueFromPipeline = true, ParameterSetName = PathSet)]
    [AllowNull]
    [AllowEmptyCollection]
    [OwnObjects(typeof(NetPolLintFinding), "Invoke-NetPolLint")]
    public NetPolLintFinding?[]? InputObject { get; set; }

    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Root { get; set; }

    [Parameter(ParameterSetName = PathSet)]
    public SwitchParameter Force { get; set; }

    [Parameter(ParameterSetName = PathSet)]
    public SwitchParameter PassThru { get; set; }

    protected override void BeginProcessing()
    {
        _file = Path is null ? null : Resolved(Path);
        _root = Root is null ? SessionState.Path.CurrentFileSystemLocation.ProviderPath : Resolved(Root);
    }

    protected override void ProcessRecord() => _findings.AddRange((InputObject ?? []).OfType<NetPolLintFinding>().Select(static finding => finding.Source));

    protected override void EndProcessing() => Guard(() =>
    {
        LintFinding[] found = LintReportFile.HasRegions(Format)
            ? [.. _findings.Select(new LintRegions(new SourceTexts(YamlBridge.Parse).Open).Of)]
            : [.. _findings];
        using var text = new StringWriter();
        var left = new LintReportFile(new LintReport(found, []), [], [], _root).Write(Format, text);
        if (left > 0)
            WriteWarning($"{Text.Wording.Count(left, "finding")} in no file had no place in this form.");
        if (_file is null)
            WriteObject(text.ToString().TrimEnd('\n'));
        else
            Write(_file, text.ToString());
    });

    private string Resolved(string path)
    {
        var resolved = SessionState.Path.GetUnresolvedProviderPathFromPSPath(path, out var provider, out _);
        if (provider.Name != "FileSystem")
            ThrowTerminatingError(ErrorRecords.NotAFile(path, provider.Name));
        return resolved;
    }

    private void Write(string file, string text)
    {
        var isThere = File.Exists(file);
        if (isThere && !Force && !WholeFile.Holds(file, text))
        {
            WriteError(ErrorRecords.FileExists(file));
            return;
        }

        if (!ShouldProcess(file, $"{(isThere ? "Replace with" : "Write")} {Text.Wording.Count(_findings.Count, "finding")}"))
            return;
        try
        {
            Directory.CreateDirectory(System.IO.Path.GetDirectoryName(file)!);
            WholeFile.Write(file, text, overwrite: true);
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
