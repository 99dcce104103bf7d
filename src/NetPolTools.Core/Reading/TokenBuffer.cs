using NetPolTools.Text;

namespace NetPolTools.Reading;

/// <summary>
/// One value's tokens, kept to be read later: fields that stand before the <c>kind</c> that says what they mean, and policies, whose errors
/// are looked up by field path after the whole is known.
/// </summary>
public sealed class TokenBuffer : IPlaceFinder
{
    private readonly List<Token> _tokens = [];

    public int Count => _tokens.Count;

    public void Clear() => _tokens.Clear();

    /// <summary>Takes the value the reader stands on, leaving the reader on the value's last token.</summary>
    public void Record(ManifestTokenReader reader)
    {
        var depth = 0;
        do
        {
            var kind = reader.Kind;
            if (kind is ManifestTokenKind.ObjectStart or ManifestTokenKind.ArrayStart)
                depth++;
            else if (kind is ManifestTokenKind.ObjectEnd or ManifestTokenKind.ArrayEnd)
                depth--;
            RecordToken(reader);
        }
        while (depth > 0 && reader.Read());
    }

    /// <summary>Takes the token the reader stands on alone: whoever records an object bit by bit ends it himself.</summary>
    public void RecordToken(ManifestTokenReader reader) => _tokens.Add(new Token(reader.Kind, reader.Text, reader.WrittenText, reader.Location));

    /// <summary>Reads the recorded values again, from the first one's first token, which is current at once.</summary>
    public ManifestTokenReader Replay() => new Replayer(_tokens);

    /// <summary>
    /// Where the field at a path below the recorded value stands, such as <c>ingress[0].from</c>: its key, or an item's first token. Where the
    /// path leads to nothing, the deepest part of it that is there.
    /// </summary>
    /// <param name="path">Field names and indexes, without keys of maps such as labels.</param>
    /// <param name="mapKey">A key of the map the path leads to: label keys hold dots, so they are not part of the path.</param>
    public SourceLocation Find(string path, string? mapKey = null)
    {
        var position = 0;
        var location = _tokens.Count > 0 ? _tokens[0].Location : default;
        foreach (var part in path.Split(['.', '['], StringSplitOptions.RemoveEmptyEntries))
        {
            var next = part.EndsWith(']')
                ? FindItem(position, int.Parse(part[..^1]))
                : FindProperty(position, part);
            if (next < 0)
                break;

            // A property is found at its key, and read on from its value.
            location = _tokens[next].Location;
            position = _tokens[next].Kind == ManifestTokenKind.PropertyName ? next + 1 : next;
        }

        return mapKey is not null && FindProperty(position, mapKey) is >= 0 and var key ? _tokens[key].Location : location;
    }

    private int FindProperty(int start, string name)
    {
        if (start >= _tokens.Count || _tokens[start].Kind != ManifestTokenKind.ObjectStart)
            return -1;
        for (var i = start + 1; i < _tokens.Count && _tokens[i].Kind == ManifestTokenKind.PropertyName; i = After(i + 1))
        {
            if (_tokens[i].Text == name)
                return i;
        }

        return -1;
    }

    private int FindItem(int start, int index)
    {
        if (start >= _tokens.Count || _tokens[start].Kind != ManifestTokenKind.ArrayStart)
            return -1;
        var i = start + 1;
        for (; index > 0 && i < _tokens.Count && _tokens[i].Kind != ManifestTokenKind.ArrayEnd; index--)
            i = After(i);
        return i < _tokens.Count && _tokens[i].Kind != ManifestTokenKind.ArrayEnd ? i : -1;
    }

    /// <summary>The position behind the value that begins here.</summary>
    private int After(int position)
    {
        var depth = 0;
        do
        {
            if (_tokens[position].Kind is ManifestTokenKind.ObjectStart or ManifestTokenKind.ArrayStart)
                depth++;
            else if (_tokens[position].Kind is ManifestTokenKind.ObjectEnd or ManifestTokenKind.ArrayEnd)
                depth--;
            position++;
        }
        while (depth > 0 && position < _tokens.Count);
        return position;
    }

    private readonly record struct Token(ManifestTokenKind Kind, string Text, string WrittenText, SourceLocation Location);

    private sealed class Replayer : ManifestTokenReader
    {
        private readonly List<Token> _tokens;
        private int _position;

        public Replayer(List<Token> tokens)
        {
            _tokens = tokens;
            Kind = tokens.Count > 0 ? tokens[0].Kind : ManifestTokenKind.EndOfInput;
        }

        public override SourceLocation Location => _position < _tokens.Count ? _tokens[_position].Location : default;

        public override string Text => _position < _tokens.Count ? _tokens[_position].Text : "";

        public override string WrittenText => _position < _tokens.Count ? _tokens[_position].WrittenText : "";

        public override bool Read()
        {
            if (_position < _tokens.Count)
                _position++;
            Kind = _position < _tokens.Count ? _tokens[_position].Kind : ManifestTokenKind.EndOfInput;
            return _position < _tokens.Count;
        }

        public override void SkipDocument() => _position = _tokens.Count;
    }
}
