using System.Collections;
using System.Management.Automation;
using System.Text;
using System.Text.RegularExpressions;
using NetPolTools.Diagnostics;
using NetPolTools.Reading;
using NetPolTools.Text;

namespace NetPolTools.Input;

/// <summary>Hands to a binder what a pipeline and paths bring: objects are read as they come, lines of text when all are there.</summary>
internal sealed partial class PipelineInput
{
    private const string TextName = "pipeline text";

    private const string CopyPrefix = "Deserialized.NetPolTools.";

    private const string LocalTime =
        "It holds a time that ConvertFrom-Json has taken from its offset, so it is not written as it was; take ConvertFrom-Json -DateKind String, or pipe "
            + "in kubectl's text.";

    private readonly IManifestBinder _binder;
    private readonly ManifestReader _reader;
    private readonly Func<object, bool> _take;
    private readonly Action<Diagnostic> _report;
    private readonly IProgress<ReadingProgress>? _progress;
    private readonly CancellationToken _cancellation;
    private StringBuilder? _text;
    private string? _textPath;
    private int _objects;

    /// <param name="binder">Takes the tokens.</param>
    /// <param name="take">Takes an object of the module's own, or gives false for any other.</param>
    /// <param name="report">Told what cannot be read.</param>
    /// <param name="options">How files are read.</param>
    /// <param name="cancellation">Ends the reading.</param>
    public PipelineInput(
        IManifestBinder binder, Func<object, bool> take, Action<Diagnostic> report, ManifestReaderOptions options, CancellationToken cancellation)
    {
        _binder = binder;
        _take = take;
        _report = report;
        _progress = options.Progress;
        _cancellation = cancellation;
        _reader = new ManifestReader(binder, report, options);
    }

    /// <summary>Whether what comes in is to go out again as it was.</summary>
    public bool IsWrittenBack { get; init; }

    /// <summary>Whether there is a file or folder of a name.</summary>
    public Func<string, bool> IsThere { get; set; } = System.IO.Path.Exists;

    /// <summary>Given each text by the name that locations have for it.</summary>
    public Action<string, string>? OnText { get; set; }

    /// <summary>The piped object being read, for errors to name as their target.</summary>
    public object? Current { get; private set; }

    /// <summary>A file or folder, as the file system names it.</summary>
    public void AddPath(string path) => _reader.ReadPath(path, _cancellation);

    /// <inheritdoc cref="ManifestReader.ReadFound"/>
    public void AddFound(string folder, string path) => _reader.ReadFound(folder, path, _cancellation);

    public void AddObject(PSObject? input)
    {
        switch (input?.BaseObject)
        {
            case null:
                break;
            case { } own when _take(own):
                break;
            case string text when text.Contains('\n'):
                Read(text);
                break;
            case string line:
                BeginTextOf(input.Properties["PSPath"]?.Value as string);
                (_text ??= new StringBuilder()).Append(line).Append('\n');
                break;
            case FileSystemInfo file:
                AddPath(file.FullName);
                break;
            case IEnumerable list and not IDictionary:
                foreach (var item in list)
                    AddObject(item is null ? null : PSObject.AsPSObject(item));
                break;
            default:
                if (CopyOfOwn(input) is { } type)
                    RefuseCopy(input, type);
                else
                    AddTokensOf(input);
                break;
        }
    }

    /// <summary>Reads the lines of text that have come in.</summary>
    public void EndText()
    {
        if (_text?.ToString() is { } text && !ArePaths(text))
            Read(text);
        _text = null;
    }

    /// <summary>Whether nothing but names of files came, which is told: Get-ChildItem's FullName is text, as lines of a manifest are.</summary>
    private bool ArePaths(string text)
    {
        var lines = text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (lines.Length == 0 || !lines.All(line => FileName().IsMatch(line) || IsThere(line)))
            return false;
        var (what, them) = lines.Length == 1 ? ($"'{lines[0]}' is", "it") : ($"'{lines[0]}' and {Wording.Count(lines.Length - 1, "more line")} are", "them");
        _report(new Diagnostic(DiagnosticId.NotAnObject, DiagnosticSeverity.Error,
            $"{what} the name of a file, and text from the pipeline is read as a manifest: pipe in what Get-Item gives for {them}, or use -Path.")
        {
            Location = new SourceLocation(TextName, 1, 1),
        });
        return true;
    }

    /// <summary>No line of a manifest ends like this, unless there is a blank or a colon before.</summary>
    [GeneratedRegex(@"^([A-Za-z]:)?[^\s:{}\[\]""']+\.(ya?ml|json)$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex FileName();

    /// <summary>Get-Content says which file a line is of: lines of another file are another text.</summary>
    private void BeginTextOf(string? path)
    {
        if (path is null)
            return;
        if (_textPath is not null && path != _textPath)
            EndText();
        _textPath = path;
    }

    private void Read(string text)
    {
        OnText?.Invoke(TextName, text);
        _reader.Read(new MemoryStream(Encoding.UTF8.GetBytes(text)), TextName, _cancellation);
    }

    private void AddTokensOf(PSObject input)
    {
        var name = $"pipeline object {++_objects}";
        _progress?.Report(new ReadingProgress(name, 0));
        Current = input;
        using (var tokens = new PSObjectTokenReader(input, name))
        {
            _binder.Bind(tokens, _cancellation);
            if (IsWrittenBack && tokens.HasLocalTime)
                _report(new Diagnostic(DiagnosticId.ChangedTimestamp, DiagnosticSeverity.Warning, LocalTime) { Location = new SourceLocation(name, 0, 0) });
        }

        Current = null;
    }

    /// <summary>The type of an object of the module's own that came back from a job, another machine or Import-Clixml; null for anything else.</summary>
    private static string? CopyOfOwn(PSObject input) =>
        input.TypeNames.FirstOrDefault() is { } type && type.StartsWith(CopyPrefix, StringComparison.Ordinal) ? type[(type.LastIndexOf('.') + 1)..] : null;

    /// <summary>Such copies hold texts where there were objects.</summary>
    private void RefuseCopy(PSObject input, string type)
    {
        Current = input;
        _report(new Diagnostic(
            DiagnosticId.NotAnObject,
            DiagnosticSeverity.Error,
            $"Found a {type} that came back from a job, from another machine or from Import-Clixml, and such a copy does not hold all that was read. "
                + "Export-NetPolSnapshot writes a snapshot as a file, which every -Path and Import-NetPolSnapshot read.")
        {
            Location = new SourceLocation($"pipeline object {++_objects}", 0, 0),
        });
        Current = null;
    }
}
