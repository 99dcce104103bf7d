using System.Globalization;
using NetPolTools.Diagnostics;
using NetPolTools.Objects;
using NetPolTools.Text;
using NetPolTools.Validation;

namespace NetPolTools.Reading;

/// <summary>
/// Reads fields of known types from tokens and says what is wrong with the others: what stood there, what belongs there, at which path and place.
/// </summary>
/// <remarks>
/// Every method that reads a value begins on the value's first token and ends on its last. A wrong value is reported, passed over and given as
/// null, so that one reading finds every mistake of an object.
/// </remarks>
internal sealed class FieldReader(ManifestTokenReader tokens, FieldPath path, Action<Diagnostic> report, SharedValues shared)
{
    private const int MaxKeysToScan = 24;

    private string[] _keys = new string[64];
    private int _keyCount;
    private bool _isNewKey;
    private Frame[] _frames = new Frame[16];
    private int _frame = -1;

    public ManifestTokenKind Kind => tokens.Kind;

    public SourceLocation Location => tokens.Location;

    public ManifestTokenReader Tokens => tokens;

    public SharedValues Shared => shared;

    /// <summary>How many values were wrong so far.</summary>
    public int ErrorCount { get; private set; }

    /// <summary>Goes into an object; false when there is none, which is an error unless the value is null.</summary>
    /// <param name="expected">What belongs here, for the message: "a map with cidr and except".</param>
    public bool EnterObject(string expected) => Enter(ManifestTokenKind.ObjectStart, expected);

    /// <inheritdoc cref="EnterObject"/>
    public bool EnterArray(string expected) => Enter(ManifestTokenKind.ArrayStart, expected);

    /// <summary>Goes to the next field's value, or out of the object at its end. A key that stands twice is reported; both values are read.</summary>
    public bool NextField(out string name)
    {
        ref var frame = ref _frames[_frame];
        path.PopTo(frame.PathDepth);
        tokens.Read();
        if (tokens.Kind != ManifestTokenKind.PropertyName)
        {
            Leave();
            name = "";
            return false;
        }

        name = tokens.Text;
        tokens.NotePlace();
        path.Push(name);
        _isNewKey = IsNewKey(ref frame, name);
        if (!_isNewKey)
            Report(DiagnosticId.DuplicateKey, $"The key '{Excerpt.Of(name)}' stands twice in this map; the API can keep only one.");
        tokens.Read();
        return true;
    }

    /// <summary>Goes to the next item, or out of the array at its end.</summary>
    public bool NextItem()
    {
        ref var frame = ref _frames[_frame];
        path.PopTo(frame.PathDepth);
        tokens.Read();
        if (tokens.Kind == ManifestTokenKind.ArrayEnd)
        {
            Leave();
            return false;
        }

        path.Push(frame.Index++);
        return true;
    }

    public string? String()
    {
        if (tokens.Kind == ManifestTokenKind.String)
            return tokens.Text;
        WrongUnlessNull("a string"
            + (tokens.Kind is ManifestTokenKind.Number or ManifestTokenKind.Boolean ? $"; quote it: \"{Excerpt.Of(tokens.WrittenText)}\"" : ""));
        return null;
    }

    /// <summary>A string, or a number or boolean as the text that Go writes for it, which is a warning.</summary>
    /// <param name="advice">Who takes it so and who does not.</param>
    public string? StringOrScalar(string advice)
    {
        if (tokens.Kind is not (ManifestTokenKind.Number or ManifestTokenKind.Boolean))
            return String();
        report(new Diagnostic(DiagnosticId.WrongType, DiagnosticSeverity.Warning, $"Found {Describe()}. {advice}")
        {
            Location = tokens.Location,
            FieldPath = path.ToString(),
        });
        return tokens.Text;
    }

    public bool? Boolean()
    {
        if (tokens.Kind == ManifestTokenKind.Boolean)
            return tokens.Text == "true";
        WrongUnlessNull("true or false, without quotes");
        return null;
    }

    /// <summary>A 32-bit integer.</summary>
    public int? Integer()
    {
        if (tokens.Kind == ManifestTokenKind.Number
            && int.TryParse(tokens.Text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number))
        {
            return number;
        }

        WrongUnlessNull("a whole number, without quotes");
        return null;
    }

    /// <summary>A number, whole or not.</summary>
    public double? Number()
    {
        if (tokens.Kind == ManifestTokenKind.Number
            && double.TryParse(tokens.Text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number))
        {
            return number;
        }

        WrongUnlessNull("a number, without quotes");
        return null;
    }

    public PortNumberOrName? PortNumberOrName()
    {
        if (tokens.Kind == ManifestTokenKind.String)
            return new PortNumberOrName(0, tokens.Text);
        if (tokens.Kind == ManifestTokenKind.Number
            && int.TryParse(tokens.Text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number))
        {
            return new PortNumberOrName(number, null);
        }

        WrongUnlessNull("a port number or a port's name");
        return null;
    }

    /// <summary>A list of strings; null for null.</summary>
    public List<string>? Strings(string expected)
    {
        if (!EnterArray(expected))
            return null;
        var strings = new List<string>();
        while (NextItem())
        {
            var before = ErrorCount;
            var text = String();

            // The server reads null as the empty string.
            if (ErrorCount == before)
                strings.Add(text ?? "");
        }

        return strings;
    }

    /// <summary>A map of strings, as labels are; null for null.</summary>
    public List<KeyValuePair<string, string>>? StringMap(string expected)
    {
        if (!EnterObject(expected))
            return null;
        var map = new List<KeyValuePair<string, string>>();
        while (NextField(out var key))
        {
            var isNew = _isNewKey;
            var before = ErrorCount;
            var value = String();

            // The server reads null as the empty string.
            if (ErrorCount == before && isNew)
                map.Add(new(key, value ?? ""));
        }

        return map;
    }

    /// <summary>Reads a value, unless one of the same text was read before without mistakes: then that is given.</summary>
    /// <param name="memo">What is known.</param>
    /// <param name="read">Reads it where it is not.</param>
    public T? Known<T>(ValueMemo<T> memo, Func<FieldReader, T?> read)
        where T : class => Known(memo, read, static (fields, read) => read(fields));

    /// <inheritdoc cref="Known{T}(ValueMemo{T}, Func{FieldReader, T})"/>
    /// <param name="memo">What is known.</param>
    /// <param name="with">What reading needs beside the fields.</param>
    /// <param name="read">Reads it where it is not.</param>
    public T? Known<T, TWith>(ValueMemo<T> memo, TWith with, Func<FieldReader, TWith, T?> read)
        where T : class
    {
        if (memo.TryGet(tokens, out var known, out var text))
        {
            Skip();
            return known;
        }

        var errors = ErrorCount;
        var value = read(this, with);
        if (text is { } remembered && value is not null && ErrorCount == errors)
            memo.Add(remembered, value);
        return value;
    }

    public void Skip() => tokens.Skip();

    /// <summary>A reader of the same path and the same count of errors over a value that was kept where this one stands.</summary>
    public FieldReader Reread(KeptValue kept) => ReferenceEquals(kept.Tokens, tokens) ? this : Over(kept.Tokens);

    /// <summary>A reader of the same path and the same count of errors over a value that was recorded where this one stands.</summary>
    public FieldReader Reread(TokenBuffer recorded) => Over(recorded.Replay());

    /// <summary>Reads a field of the current object that was recorded earlier. To be called where the path no longer matters.</summary>
    /// <param name="name">The field's name.</param>
    /// <param name="recorded">Its value.</param>
    /// <param name="key">Where the name stands.</param>
    /// <param name="read">Reads it.</param>
    public void Reread(string name, TokenBuffer recorded, SourceLocation key, Action<FieldReader> read)
    {
        path.PopToRoot();
        path.Push(name);
        var again = Reread(recorded);
        again.Tokens.NotePlace(key);
        read(again);
        path.PopToRoot();
    }

    /// <summary>Reports the current value, which has the wrong shape, and passes over it.</summary>
    public void Wrong(string expected)
    {
        Report(DiagnosticId.WrongType, $"Found {Describe()}, expected {expected}.");
        Skip();
    }

    public void Report(DiagnosticId id, string message)
    {
        ErrorCount++;
        report(new Diagnostic(id, DiagnosticSeverity.Error, message) { Location = tokens.Location, FieldPath = path.ToString() });
    }

    /// <summary>Reports something about the field just come to, at its key.</summary>
    public void ReportField(DiagnosticId id, string message)
    {
        ErrorCount++;
        report(new Diagnostic(id, DiagnosticSeverity.Error, message) { Location = tokens.NotedPlace, FieldPath = path.ToString() });
    }

    /// <summary>Reports the field just come to, at its key, as one that does not belong here, and passes over its value.</summary>
    public void Unknown(string message)
    {
        ReportField(DiagnosticId.UnknownField, message);
        Skip();
    }

    private FieldReader Over(ManifestTokenReader other) => new(
        other,
        path,
        diagnostic =>
        {
            ErrorCount += diagnostic.Severity == DiagnosticSeverity.Error ? 1 : 0;
            report(diagnostic);
        },
        shared);

    private void WrongUnlessNull(string expected)
    {
        if (tokens.Kind != ManifestTokenKind.Null)
            Wrong(expected);
    }

    private bool Enter(ManifestTokenKind start, string expected)
    {
        if (tokens.Kind == start)
        {
            if (++_frame == _frames.Length)
                Array.Resize(ref _frames, _frames.Length * 2);
            _frames[_frame] = new Frame { PathDepth = path.Depth, FirstKey = _keyCount };
            return true;
        }

        WrongUnlessNull(expected);
        return false;
    }

    private void Leave()
    {
        _keyCount = _frames[_frame].FirstKey;
        _frames[_frame--].ManyKeys = null;
    }

    private bool IsNewKey(ref Frame frame, string name)
    {
        if (frame.ManyKeys is not null)
            return frame.ManyKeys.Add(name);

        for (var i = frame.FirstKey; i < _keyCount; i++)
        {
            if (_keys[i] == name)
                return false;
        }

        if (_keyCount == _keys.Length)
            Array.Resize(ref _keys, _keys.Length * 2);
        _keys[_keyCount++] = name;
        if (_keyCount - frame.FirstKey > MaxKeysToScan)
            frame.ManyKeys = [.. _keys.AsSpan(frame.FirstKey, _keyCount - frame.FirstKey)];
        return true;
    }

    private string Describe() => tokens.Kind switch
    {
        ManifestTokenKind.ObjectStart => "a map",
        ManifestTokenKind.ArrayStart => "a list",
        ManifestTokenKind.String => $"the string \"{Excerpt.Of(tokens.Text)}\"",
        ManifestTokenKind.Number => $"the number {Excerpt.Of(tokens.WrittenText)}",
        ManifestTokenKind.Boolean when tokens.WrittenText != tokens.Text => $"the boolean {tokens.Text} (written {tokens.WrittenText})",
        ManifestTokenKind.Boolean => $"the boolean {tokens.Text}",
        ManifestTokenKind.Null => "nothing",
        _ => "the end of the document",
    };

    private struct Frame
    {
        public int PathDepth;
        public int FirstKey;
        public int Index;

        /// <summary>Takes over where scanning the few would grow quadratic.</summary>
        public HashSet<string>? ManyKeys;
    }
}
