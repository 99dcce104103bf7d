using System.Collections;
using System.Management.Automation;
using NetPolTools.Authoring.Flows;
using NetPolTools.Authoring.Inference;
using NetPolTools.Diagnostics;
using NetPolTools.Output;
using NetPolTools.SeenTraffic;
using NetPolTools.Text;

namespace NetPolTools.Input;

/// <summary>Collects the traffic that a pipeline brings: connections, rows and flow records as objects, lines of JSON, files of it.</summary>
internal sealed class TrafficInput
{
    private const string TextName = "pipeline text";

    private readonly TrafficReader _reader;
    private readonly Action<Diagnostic, object?> _onDiagnostic;
    private readonly CancellationToken _cancellation;
    private TrafficText? _text;
    private string? _textPath;
    private object? _current;
    private int _objects;

    /// <param name="directory">Where to look for the ends.</param>
    /// <param name="defaultNamespace">Of ends that name none.</param>
    /// <param name="onDiagnostic">Told what is wrong, and with which piped object or file.</param>
    /// <param name="cancellation">Ends the reading.</param>
    /// <param name="keepsDenied">Whether flows that a policy denied are wanted too.</param>
    public TrafficInput(
        EndDirectory directory,
        string defaultNamespace,
        Action<Diagnostic, object?> onDiagnostic,
        CancellationToken cancellation,
        bool keepsDenied = false)
    {
        _onDiagnostic = onDiagnostic;
        _cancellation = cancellation;
        _reader = new TrafficReader(directory, diagnostic => onDiagnostic(diagnostic, _current ?? diagnostic.Location.File), defaultNamespace, keepsDenied);
    }

    public int RecordCount => _reader.RecordCount;

    public void Add(PSObject? input)
    {
        switch (input?.BaseObject)
        {
            case null:
                break;
            case NetPolConnection connection:
                if (connection.Verdict == nameof(Listing.Verdict.Undetermined))
                {
                    _reader.AddUndetermined();
                    break;
                }

                _current = input;
                _reader.Add(connection.SourceEnd, connection.DestinationEnd, connection.Ports.Set);
                _current = null;
                break;
            case string text:
                AddText(text, input.Properties["PSPath"]?.Value as string);
                break;
            case FileInfo file:
                AddFile(file);
                break;
            case IEnumerable list and not IDictionary:
                foreach (var item in list)
                    Add(item is null ? null : PSObject.AsPSObject(item));
                break;
            default:
                _current = input;
                using (var tokens = new PSObjectTokenReader(input, $"pipeline object {++_objects}"))
                    _reader.Read(tokens, cancellation: _cancellation);
                _current = null;
                break;
        }
    }

    public IReadOnlyList<Traffic> Finish()
    {
        _text?.Finish(_cancellation);
        return _reader.Finish();
    }

    /// <summary>What came about, and what was tried and a policy denied; to be asked when everything has come.</summary>
    public IReadOnlyList<SeenFlow> Seen() =>
    [
        .. Finish().Select(static traffic => new SeenFlow(traffic, false)),
        .. _reader.Denied().Select(static traffic => new SeenFlow(traffic, true)),
    ];

    /// <summary>Get-Content says which file a line is of: lines of another file are another text.</summary>
    private void AddText(string text, string? path)
    {
        if (_text is null || path != _textPath)
        {
            _text?.Finish(_cancellation);
            _text = new TrafficText(_reader, TextName);
            _textPath = path;
        }

        foreach (var line in text.Split('\n'))
            _text.AddLine(line, _cancellation);
    }

    private void AddFile(FileInfo file)
    {
        try
        {
            var text = new TrafficText(_reader, file.FullName);
            foreach (var line in File.ReadLines(file.FullName))
                text.AddLine(line, _cancellation);
            text.Finish(_cancellation);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            var location = new SourceLocation(file.FullName, 0, 0);
            _onDiagnostic(new Diagnostic(
                DiagnosticId.UnreadableFile, DiagnosticSeverity.Error, "Could not read the file: " + e.Message)
            { Location = location }, file);
        }
    }
}
