using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace NetPolTools.Yaml.Events;

/// <summary>
/// Keeps the events of those nodes of a document that may be wanted again: anchored ones and the values of merge keys. Everything else
/// passes by. An alias is kept as an alias, so the record never grows beyond the text.
/// </summary>
internal sealed class EventRecord
{
    private readonly List<RecordedEvent> _events = [];
    private readonly Stack<int> _open = new();
    private readonly Dictionary<AnchorName, int> _anchors = [];
    private bool _keepsNext;

    public int Count => _events.Count;

    public RecordedEvent this[int index] => _events[index];

    public void Clear()
    {
        _events.Clear();
        _open.Clear();
        _anchors.Clear();
        _keepsNext = false;
    }

    /// <summary>Keeps the next node, whether it has an anchor or not.</summary>
    public void KeepNext() => _keepsNext = true;

    public bool TryFindAnchor(AnchorName name, out int index) => _anchors.TryGetValue(name, out index);

    /// <summary>Whether the node at this index is a collection that did not end yet.</summary>
    public bool IsOpen(int index) => _events[index] is { IsStart: true, Link: 0 };

    /// <summary>The index behind the node that begins at this index.</summary>
    public int After(int index) => _events[index] is { IsStart: true } start ? start.Link : index + 1;

    public void Add(RecordedEvent next)
    {
        if (next.Event is NodeEvent { Anchor.IsEmpty: false } node)
            _anchors[node.Anchor] = _events.Count;
        else if (_open.Count == 0 && !_keepsNext)
            return;

        _keepsNext = false;
        if (next.IsStart)
            _open.Push(_events.Count);
        _events.Add(next);
        if (next.IsEnd)
        {
            var start = _open.Pop();
            _events[start] = _events[start] with { Link = _events.Count };
        }
    }
}
