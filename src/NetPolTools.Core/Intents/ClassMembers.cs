using NetPolTools.Reachability;
using NetPolTools.Sets;

namespace NetPolTools.Intents;

/// <summary>Sets of ends by their classes, remembered: many intents have the same ends.</summary>
internal sealed class ClassMembers(ReachabilityMap map)
{
    private readonly Dictionary<IndexSet, (int Class, IndexSet Members)[]> _known = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<IndexSet, Dictionary<int, IndexSet>> _byClass = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<int, IndexSet> _all = [];

    /// <summary>Of each class that a set has members of, these.</summary>
    public (int Class, IndexSet Members)[] Of(IndexSet ends)
    {
        if (!_known.TryGetValue(ends, out var known))
            _known.Add(ends, known = Group(ends));
        return known;
    }

    /// <summary>The same, to be looked up: there may be as many as the policies name ranges of addresses.</summary>
    public Dictionary<int, IndexSet> ByClass(IndexSet ends)
    {
        if (!_byClass.TryGetValue(ends, out var known))
            _byClass.Add(ends, known = Of(ends).ToDictionary(static group => group.Class, static group => group.Members));
        return known;
    }

    /// <summary>All members of a class.</summary>
    public IndexSet All(int ofClass)
    {
        if (!_all.TryGetValue(ofClass, out var all))
            _all.Add(ofClass, all = IndexSet.Of(map.Classes.Members(ofClass)));
        return all;
    }

    private (int Class, IndexSet Members)[] Group(IndexSet ends)
    {
        var groups = new Dictionary<int, IndexSet.Builder>();
        foreach (var end in ends)
        {
            var ofClass = map.Classes.ClassOf(end);
            if (!groups.TryGetValue(ofClass, out var builder))
                groups.Add(ofClass, builder = new IndexSet.Builder());
            builder.Add(end);
        }

        return [.. groups.Select(static group => (group.Key, group.Value.Build()))];
    }
}
