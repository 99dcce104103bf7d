using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace NetPolTools.Yaml.Events;

/// <summary>
/// What the merge keys of the open maps bring in: the innermost map's sources last, and of each map's sources the winning one last.
/// </summary>
/// <remarks>Sources are not copied: each is a place in the record that moves on from key to key.</remarks>
internal sealed class MergeKeys(DocumentParser parser, ReplayBudget budget)
{
    private readonly List<MergeSource> _sources = [];

    public int Count => _sources.Count;

    public void Clear() => _sources.Clear();

    /// <summary>Adds the map, the alias of a map, or the list of them at this index of the record.</summary>
    /// <param name="value">The index of the merge key's value.</param>
    /// <param name="place">Where the alias stands that led here, if one did.</param>
    public void Add(int value, Mark? place) => Insert(Count, value, place);

    /// <summary>
    /// Looks at the next key of the winning source: gives it if it is not known yet, and else returns false after this one step.
    /// </summary>
    public bool TryNext(HashSet<string> known, out string name, out int value, out Mark? place)
    {
        var index = _sources.Count - 1;
        var source = _sources[index];
        var key = parser.Record[source.Position];
        name = "";
        value = source.Position + 1;
        place = source.Place;
        var shown = place ?? key.Event.Start;
        budget.Spend(shown);
        if (key.IsEnd)
        {
            _sources.RemoveAt(index);
            return false;
        }

        _sources[index] = source with { Position = parser.Record.After(value) };
        if (MapKey.IsMerge(key))
        {
            // Below the source itself, whose own keys win over what it merges in.
            Insert(index, value, place);
            return false;
        }

        name = MapKey.Name(key, shown, parser);
        return known.Add(name);
    }

    private void Insert(int index, int value, Mark? place)
    {
        var node = parser.Record[value];
        if (node.Event is not SequenceStart)
        {
            _sources.Insert(index, Source(value, place));
            return;
        }

        var listed = new List<MergeSource>();
        for (var item = value + 1; item < node.Link - 1; item = parser.Record.After(item))
            listed.Add(Source(item, place));
        listed.Reverse();
        _sources.InsertRange(index, listed);
    }

    private MergeSource Source(int index, Mark? place)
    {
        var node = parser.Record[index];
        var start = index;
        if (node.Event is AnchorAlias)
        {
            place ??= node.Event.Start;
            start = node.Link;
        }

        var shown = place ?? node.Event.Start;
        budget.Spend(shown);
        if (parser.Record[start].Event is not MappingStart)
            throw parser.Fail(shown, SyntaxMessages.MergeOfNoMap);
        return new MergeSource(start + 1, place);
    }
}
