using System.Collections;
using System.Globalization;
using System.Management.Automation;
using System.Net;
using System.Text.RegularExpressions;
using NetPolTools.Reading;
using NetPolTools.Text;

namespace NetPolTools.Input;

/// <summary>
/// Objects of a PowerShell pipeline as manifest tokens: what ConvertFrom-Json makes, with and without -AsHashtable, what comes back from a job, and
/// plain hashtables. Absent, null, {} and [] stay apart, as in text.
/// </summary>
internal sealed class PSObjectTokenReader : ManifestTokenReader
{
    /// <summary>ConvertFrom-Json turns timestamps into dates; this is how Kubernetes writes them.</summary>
    private const string TimeFormat = "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK";

    private readonly string _name;
    private readonly object? _root;
    private readonly Stack<Level> _levels = new();
    private string _text = "";
    private object? _pendingValue;
    private State _state = State.BeforeDocument;

    /// <param name="root">The object; what it holds is not changed.</param>
    /// <param name="name">What locations call it, such as "pipeline object 3".</param>
    public PSObjectTokenReader(object? root, string name)
    {
        _root = root;
        _name = name;
    }

    private enum State
    {
        BeforeDocument,
        BeforeRoot,
        Inside,
        Done,
    }

    /// <summary>Whether a time came that had an offset once, which is lost: only the moment is known.</summary>
    public bool HasLocalTime { get; private set; }

    public override SourceLocation Location => new(_name, 0, 0);

    public override string Text => _text;

    public override bool Read()
    {
        _text = "";
        switch (_state)
        {
            case State.BeforeDocument:
                Kind = ManifestTokenKind.DocumentStart;
                _state = State.BeforeRoot;
                return true;
            case State.BeforeRoot:
                _state = State.Inside;
                Start(_root);
                return true;
            case State.Done:
                Kind = ManifestTokenKind.EndOfInput;
                return false;
        }

        if (Kind == ManifestTokenKind.PropertyName)
        {
            Start(_pendingValue);
            return true;
        }

        if (_levels.Count == 0)
        {
            SkipDocument();
            return Read();
        }

        var level = _levels.Peek();
        if (!level.MoveNext())
        {
            _levels.Pop();
            Kind = level.IsObject ? ManifestTokenKind.ObjectEnd : ManifestTokenKind.ArrayEnd;
        }
        else if (level.IsObject)
        {
            Kind = ManifestTokenKind.PropertyName;
            _text = level.CurrentName;
            _pendingValue = level.CurrentValue;
        }
        else
        {
            Start(level.CurrentValue);
        }

        return true;
    }

    public override void Skip()
    {
        if (Kind == ManifestTokenKind.PropertyName)
        {
            // Nothing of the value needs to be looked at: it becomes a scalar that nobody reads.
            Kind = ManifestTokenKind.Null;
            return;
        }

        base.Skip();
    }

    public override void SkipDocument()
    {
        _levels.Clear();
        _state = State.Done;
    }

    /// <summary>
    /// Whether the value stands in a hashtable or in an object of properties, as people and ConvertFrom-Json write them: there an object of .NET is a slip.
    /// What is itself one, such as a process, is no Kubernetes object, which will be said.
    /// </summary>
    private bool IsWritten => _levels.FirstOrDefault(static level => level is not ListLevel) is MapLevel or PropertyLevel { IsCustom: true };

    private void Start(object? value)
    {
        var plain = value.Unwrapped() is { } unwrapped and not PSCustomObject ? unwrapped : value;
        switch (plain)
        {
            case null:
                Kind = ManifestTokenKind.Null;
                break;
            case string or char or Guid or Uri:
                Scalar(ManifestTokenKind.String, plain.ToString()!);
                break;
            case DateTime time:
                HasLocalTime |= time.Kind == DateTimeKind.Local;
                Scalar(ManifestTokenKind.String, time.ToString(TimeFormat, CultureInfo.InvariantCulture));
                break;
            case DateTimeOffset time:
                Scalar(ManifestTokenKind.String, time.ToString(TimeFormat, CultureInfo.InvariantCulture));
                break;
            case IPAddress or Version or Regex:
                Scalar(ManifestTokenKind.String, plain.ToString()!);
                break;
            case DBNull:
                Kind = ManifestTokenKind.Null;
                break;
            case bool truth:
                Scalar(ManifestTokenKind.Boolean, truth ? "true" : "false");
                break;
            case Enum:
                Scalar(ManifestTokenKind.String, plain.ToString()!);
                break;
            case IFormattable and ValueType:
                Scalar(ManifestTokenKind.Number, ((IFormattable)plain).ToString(null, CultureInfo.InvariantCulture));
                break;
            case IDictionary map:
                Enter(ManifestTokenKind.ObjectStart, new MapLevel(map));
                break;
            case IEnumerable list:
                Enter(ManifestTokenKind.ArrayStart, new ListLevel(list));
                break;
            case not (PSObject or PSCustomObject) when IsWritten && plain.GetType().Namespace?.StartsWith(nameof(System), StringComparison.Ordinal) == true:
                throw new ManifestSyntaxException(
                    Location, $"Found a {plain.GetType().FullName}, expected text, a number, true or false, a list, or an object with properties.");
            default:
                Enter(ManifestTokenKind.ObjectStart, new PropertyLevel(PSObject.AsPSObject(value)));
                break;
        }
    }

    private void Scalar(ManifestTokenKind kind, string text)
    {
        Kind = kind;
        _text = text;
    }

    private void Enter(ManifestTokenKind kind, Level level)
    {
        if (_levels.Count >= MaxDepth)
            throw new ManifestSyntaxException(Location, $"Nested deeper than {MaxDepth} levels; does the object contain itself?");
        Kind = kind;
        _levels.Push(level);
    }

    /// <summary>Where the reading is within one object or list.</summary>
    private abstract class Level
    {
        public abstract bool IsObject { get; }

        public virtual string CurrentName => "";

        public abstract object? CurrentValue { get; }

        public abstract bool MoveNext();
    }

    private sealed class ListLevel(IEnumerable list) : Level
    {
        private readonly IEnumerator _items = list.GetEnumerator();

        public override bool IsObject => false;

        public override object? CurrentValue => _items.Current;

        public override bool MoveNext() => _items.MoveNext();
    }

    private sealed class MapLevel(IDictionary map) : Level
    {
        private readonly IDictionaryEnumerator _entries = map.GetEnumerator();

        public override bool IsObject => true;

        public override string CurrentName => Convert.ToString(_entries.Key, CultureInfo.InvariantCulture) ?? "";

        public override object? CurrentValue => _entries.Value;

        public override bool MoveNext() => _entries.MoveNext();
    }

    private sealed class PropertyLevel(PSObject subject) : Level
    {
        private readonly IEnumerator<PSPropertyInfo> _properties = subject.Properties.GetEnumerator();

        public bool IsCustom { get; } = subject.BaseObject is PSCustomObject;

        public override bool IsObject => true;

        public override string CurrentName => _properties.Current.Name;

        public override object? CurrentValue
        {
            get
            {
                try
                {
                    return _properties.Current.Value;
                }
                catch (GetValueException)
                {
                    // A property that cannot be read, as of a process that has ended: no object of Kubernetes has one.
                    return null;
                }
            }
        }

        public override bool MoveNext()
        {
            // Script properties and what remoting adds (PSComputerName, RunspaceId) are not part of the object.
            while (_properties.MoveNext())
            {
                if (_properties.Current.MemberType is PSMemberTypes.NoteProperty or PSMemberTypes.Property
                    && _properties.Current.Name is not ("PSComputerName" or "RunspaceId" or "PSShowComputerName" or "PSSourceJobInstanceId"))
                {
                    return true;
                }
            }

            return false;
        }
    }
}
