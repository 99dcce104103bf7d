using NetPolTools.Diagnostics;
using NetPolTools.Objects;
using NetPolTools.Text;

namespace NetPolTools.Reading;

/// <summary>
/// Passes on what is found, and keeps what is said of one input within bounds: nobody reads a million lines that say the same, nor a name as long as a file.
/// The first of each kind are told, then how many more there are.
/// </summary>
/// <param name="sink">Takes objects and diagnostics.</param>
internal sealed class DiagnosticLimit(IManifestSink sink) : IManifestSink
{
    /// <summary>How many diagnostics of one kind are reported for one input.</summary>
    public const int MostOfAKind = 100;

    private const int LongestMessage = 1000;

    private readonly Dictionary<(DiagnosticId Id, DiagnosticSeverity Severity), int> _counts = [];
    private readonly List<Diagnostic> _ofOtherText = [];
    private readonly HashSet<(DiagnosticId Id, ObjectReference? Object, string? FieldPath, string Message)> _toldBySnapshot = [];
    private bool _isCounting;
    private bool _holdsManifest;
    private string? _file;

    /// <summary>Begins to count; before, and after the end, all is passed on.</summary>
    public void BeginInput()
    {
        _isCounting = true;
        _counts.Clear();
        _toldBySnapshot.Clear();
        _file = null;
        _holdsManifest = false;
    }

    /// <summary>Tells what was left out.</summary>
    /// <param name="onOther">Called where the input holds nothing but text that is no manifest, which is then no mistake; null where it is one.</param>
    public void EndInput(Action? onOther)
    {
        _isCounting = false;
        var isOther = onOther is not null && !_holdsManifest && _ofOtherText.Count > 0;
        foreach (var diagnostic in isOther ? [] : _ofOtherText)
            sink.Report(diagnostic);
        _ofOtherText.Clear();
        if (isOther)
        {
            onOther!();
            return;
        }

        foreach (var ((id, severity), count) in _counts)
        {
            if (count > MostOfAKind)
                sink.Report(new Diagnostic(
                    id, severity, $"There {(count == MostOfAKind + 1 ? "is 1" : $"are {count - MostOfAKind}")} more of this kind ({id}) in this "
                    + "input.")
                { Location = new SourceLocation(_file, 0, 0) });
        }
    }

    public void Add(KubernetesObject found)
    {
        FindManifest();
        sink.Add(found);
    }

    public void Skipped(string kind)
    {
        FindManifest();
        sink.Skipped(kind);
    }

    /// <summary>The input holds something that is a manifest, so what is none beside it is a mistake.</summary>
    public void FindManifest() => _holdsManifest = true;

    /// <summary>Tells what is known of a snapshot, at the places where it was found first; where it is found again it is not told twice.</summary>
    public void Describe(SnapshotOrigin origin)
    {
        FindManifest();
        sink.Describe(origin);
        foreach (var diagnostic in origin.Diagnostics)
        {
            _toldBySnapshot.Add(KeyOf(diagnostic));
            sink.Report(diagnostic);
        }
    }

    public void Report(Diagnostic diagnostic)
    {
        var message = Told(diagnostic.Message);
        var told = ReferenceEquals(message, diagnostic.Message) ? diagnostic : diagnostic with { Message = message };
        if (_toldBySnapshot.Count > 0 && _toldBySnapshot.Contains(KeyOf(told)))
            return;
        if (_isCounting)
        {
            var count = _counts.GetValueOrDefault((diagnostic.Id, diagnostic.Severity)) + 1;
            _counts[(diagnostic.Id, diagnostic.Severity)] = count;
            _file ??= diagnostic.Location.File;
            if (count > MostOfAKind)
                return;
        }

        if (_isCounting && told.IsOfOtherText)
        {
            _ofOtherText.Add(told);
            return;
        }

        FindManifest();
        sink.Report(told);
    }

    /// <summary>A message within bounds, and with what is odd in it. One that another limit has passed on has both.</summary>
    private static string Told(string message)
    {
        if (OddCharacters.Explain(message) is { } known && message.EndsWith(known, StringComparison.Ordinal))
            return message;
        if (message.Length > LongestMessage)
            message = string.Concat(message.AsSpan(0, LongestMessage), "...");
        return OddCharacters.Explain(message) is { } odd ? $"{message}{(message.EndsWith('.') ? "" : ".")} {odd}" : message;
    }

    private static (DiagnosticId Id, ObjectReference? Object, string? FieldPath, string Message) KeyOf(Diagnostic diagnostic) =>
        (diagnostic.Id, diagnostic.Object, diagnostic.FieldPath, diagnostic.Message);
}
