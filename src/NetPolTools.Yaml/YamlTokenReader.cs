using NetPolTools.Reading;
using NetPolTools.Text;
using NetPolTools.Yaml.Events;
using NetPolTools.Yaml.Scalars;
using NetPolTools.Yaml.Scanning;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace NetPolTools.Yaml;

/// <summary>
/// Reads a stream of YAML documents as manifest tokens, the way kubectl reads YAML: by the rules of YAML 1.1, and as the JSON it becomes.
/// </summary>
/// <remarks>
/// <para>
/// The tokens of an alias stand at the place of the alias, not at that of the anchor: a diagnostic then points into the object it speaks
/// of. The same holds for what an alias brings in under a <c>&lt;&lt;</c> key. A node with an anchor or a tag begins there.
/// </para>
/// <para>
/// The keys that <c>&lt;&lt;</c> merges into a map come after the map's own, wherever the <c>&lt;&lt;</c> stands, and only those that the
/// map lacks; earlier maps of a list win over later ones. A key that is written twice in a map is given twice.
/// </para>
/// <para>A document with a syntax error ends there. <see cref="Read"/> then goes on with the next document.</para>
/// </remarks>
public sealed class YamlTokenReader : ManifestTokenReader
{
    private readonly TextReader _text;
    private readonly bool _leaveOpen;
    private readonly ScannedText _scanned;
    private readonly DocumentParser _parser;
    private readonly EventReplay _replay;
    private readonly ReplayBudget _budget;
    private readonly MergeKeys _merges;
    private readonly Level[] _levels = new Level[MaxDepth + 1];

    /// <summary>The keys so far of every open map, the outermost map's first: merging has to know them.</summary>
    private readonly List<string> _keys = [];

    private State _state;
    private int _depth;
    private Mark _place = Mark.Empty;
    private string _textOfToken = "";
    private string _writtenText = "";

    /// <param name="text">Used by the thread that reads tokens alone.</param>
    /// <param name="fileName">The input's name for locations.</param>
    /// <param name="leaveOpen">Whether the text reader is not disposed of with this one.</param>
    /// <param name="ahead">When another thread helps; <see cref="ScanAheadOptions.Default"/> if null.</param>
    public YamlTokenReader(TextReader text, string fileName, bool leaveOpen = false, ScanAheadOptions? ahead = null)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(fileName);
        _text = text;
        _leaveOpen = leaveOpen;
        _scanned = new ScannedText(text, fileName, ahead ?? ScanAheadOptions.Default);
        _parser = new DocumentParser(_scanned, fileName);
        _replay = new EventReplay(_parser.Record);
        _budget = new ReplayBudget(_parser);
        _merges = new MergeKeys(_parser, _budget);
    }

    private enum State
    {
        BetweenDocuments,
        BeforeValue,
        InValue,
        AfterValue,
        Failed,
        EndOfInput,
    }

    public override SourceLocation Location =>
        Kind is ManifestTokenKind.None or ManifestTokenKind.EndOfInput ? default : _parser.LocationOf(_place);

    public override string Text => _textOfToken;

    public override string WrittenText => _writtenText;

    public override bool Read()
    {
        _textOfToken = "";
        _writtenText = "";
        var state = _state;

        // Whatever is thrown below leaves this behind.
        _state = State.Failed;
        switch (state)
        {
            case State.InValue when _levels[_depth] is { IsMap: true, AwaitsValue: false }:
                ReadKey();
                break;
            case State.InValue:
                ReadValue();
                break;
            case State.BeforeValue when !_parser.IsEmptyDocument():
                ReadValue();
                break;
            case State.BeforeValue or State.AfterValue:
                if (state == State.BeforeValue)
                    _parser.Next();
                _parser.Close();
                return ReadDocumentStart();
            case State.EndOfInput:
                _state = state;
                return false;
            default:
                return ReadDocumentStart();
        }

        _state = _depth == 0 ? State.AfterValue : State.InValue;
        return true;
    }

    public override void Skip()
    {
        if (Kind == ManifestTokenKind.PropertyName)
        {
            _textOfToken = "";
            _writtenText = "";
            var state = _state;
            _state = State.Failed;
            SkipValue();
            _state = state;
        }
        else if (Kind is ManifestTokenKind.ObjectStart or ManifestTokenKind.ArrayStart)
        {
            _state = State.Failed;
            SkipCollection();
            _state = _depth == 0 ? State.AfterValue : State.InValue;
        }
    }

    public override void SkipDocument()
    {
        if (_state != State.EndOfInput)
            _state = State.BetweenDocuments;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _scanned.Dispose();
            if (!_leaveOpen)
                _text.Dispose();
        }

        base.Dispose(disposing);
    }

    private bool ReadDocumentStart()
    {
        _depth = 0;
        _keys.Clear();
        _merges.Clear();
        _budget.Reset();
        _replay.Clear();
        while (_scanned.MoveToNextPart())
        {
            if (_parser.Open() is not { } start)
                continue;
            _state = State.BeforeValue;
            Kind = ManifestTokenKind.DocumentStart;
            _place = start.Start;
            return true;
        }

        _state = State.EndOfInput;
        Kind = ManifestTokenKind.EndOfInput;
        return false;
    }

    private RecordedEvent Next()
    {
        if (!_replay.IsActive)
        {
            var live = _parser.Next();
            _place = live.Event.Start;
            return live;
        }

        var next = _parser.Record[_replay.Position];
        _place = _replay.Place ?? next.Event.Start;
        _replay.MoveTo(_replay.Position + 1);
        _budget.Spend(_place);
        return next;
    }

    private void ReadValue()
    {
        var next = Next();
        if (next.Event is AnchorAlias)
        {
            _replay.Push(next.Link, _place);
            next = Next();
        }

        GiveValue(next);
    }

    private void GiveValue(RecordedEvent value)
    {
        ref var level = ref _levels[_depth];
        level.AwaitsValue = false;
        switch (value.Event)
        {
            case Scalar scalar:
                GiveScalar(scalar);
                break;
            case MappingStart:
                Enter(ManifestTokenKind.ObjectStart);
                break;
            case SequenceStart:
                Enter(ManifestTokenKind.ArrayStart);
                break;
            case SequenceEnd when _depth > 0 && !level.IsMap:
                Leave();
                break;
            default:
                throw _parser.FailStructure(_place, "expected a value");
        }
    }

    private void GiveScalar(Scalar scalar)
    {
        if (!ScalarValue.TryResolve(scalar, out var type, out var value))
            throw _parser.Fail(_place, value);
        if (type == ScalarType.NotFinite)
        {
            throw _parser.Fail(
                _place,
                $"found the number {value}, which JSON and so the API server do not know; quote it if a string is meant");
        }

        Kind = type switch
        {
            ScalarType.Integer or ScalarType.Float => ManifestTokenKind.Number,
            ScalarType.Boolean => ManifestTokenKind.Boolean,
            ScalarType.Null => ManifestTokenKind.Null,
            _ => ManifestTokenKind.String,
        };
        _textOfToken = value;
        _writtenText = scalar.Value;
    }

    private void ReadKey()
    {
        ref var level = ref _levels[_depth];
        while (level.MergedKeys is null)
        {
            var key = Next();
            if (key.Event is MappingEnd)
            {
                if (_merges.Count == level.FirstMerge)
                {
                    Leave();
                    return;
                }

                level.MergedKeys = [.. _keys.Skip(level.FirstKey)];
                level.End = _place;
            }
            else if (MapKey.IsMerge(key))
            {
                _merges.Add(TakeNode(), _replay.IsActive ? _replay.Place : null);
            }
            else
            {
                var name = MapKey.Name(key, _place, _parser);
                _keys.Add(name);
                GiveKey(ref level, name);
                return;
            }
        }

        ReadMergedKey(ref level);
    }

    private void ReadMergedKey(ref Level level)
    {
        while (_merges.Count > level.FirstMerge)
        {
            if (!_merges.TryNext(level.MergedKeys!, out var name, out var value, out var alias))
                continue;
            _place = alias ?? _parser.Record[value - 1].Event.Start;
            _replay.Push(value, alias);
            GiveKey(ref level, name);
            return;
        }

        _place = level.End;
        Leave();
    }

    private void GiveKey(ref Level level, string name)
    {
        level.AwaitsValue = true;
        Kind = ManifestTokenKind.PropertyName;
        _textOfToken = name;
        _writtenText = name;
    }

    /// <summary>Passes over the next node, which the record keeps, and gives its index there.</summary>
    private int TakeNode()
    {
        int index;
        if (_replay.IsActive)
        {
            index = _replay.Position;
            _replay.MoveTo(_parser.Record.After(index));
            return index;
        }

        index = _parser.Record.Count;
        _parser.Record.KeepNext();
        if (_parser.Next().IsStart)
            _parser.SkipCollection();
        return index;
    }

    private void Enter(ManifestTokenKind kind)
    {
        if (++_depth > MaxDepth)
            throw _parser.Fail(_place, SyntaxMessages.TooDeep);
        Kind = kind;
        _levels[_depth] = new Level
        {
            IsMap = kind == ManifestTokenKind.ObjectStart,
            FirstKey = _keys.Count,
            FirstMerge = _merges.Count,
        };
    }

    private void Leave()
    {
        ref var level = ref _levels[_depth--];
        Kind = level.IsMap ? ManifestTokenKind.ObjectEnd : ManifestTokenKind.ArrayEnd;
        level.MergedKeys = null;
        _keys.RemoveRange(level.FirstKey, _keys.Count - level.FirstKey);
    }

    private void SkipValue()
    {
        var value = Next();
        if (value.Event is AnchorAlias)
        {
            // A collection is not expanded only to be passed over; a scalar costs nothing.
            var target = _parser.Record[value.Link];
            if (target.IsStart)
            {
                _levels[_depth].AwaitsValue = false;
                Kind = target.Event is MappingStart ? ManifestTokenKind.ObjectEnd : ManifestTokenKind.ArrayEnd;
                return;
            }

            value = target;
        }

        GiveValue(value);
        if (value.IsStart)
            SkipCollection();
    }

    private void SkipCollection()
    {
        if (_replay.IsActive)
            _replay.MoveTo(_parser.Record[_replay.Position - 1].Link);
        else
            _place = _parser.SkipCollection().Start;
        Leave();
    }

    /// <summary>An open map or list.</summary>
    private struct Level
    {
        public bool IsMap;

        /// <summary>Whether the key was given and its value was not.</summary>
        public bool AwaitsValue;

        /// <summary>Where the keys of this map begin among all keys.</summary>
        public int FirstKey;

        /// <summary>Where the merge sources of this map begin among all sources.</summary>
        public int FirstMerge;

        /// <summary>Once the map's own keys are through and others are merged in: all keys given so far.</summary>
        public HashSet<string>? MergedKeys;

        /// <summary>Where the map ended.</summary>
        public Mark End;
    }
}
