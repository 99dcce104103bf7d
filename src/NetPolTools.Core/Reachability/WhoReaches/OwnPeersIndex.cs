using NetPolTools.Sets;

namespace NetPolTools.Reachability;

/// <summary>
/// For an endpoint, the subjects that have a say of their own about it, so that what the shared blocks of their rule sets grant does not hold for it.
/// Immutable.
/// </summary>
internal sealed class OwnPeersIndex
{
    private readonly IndexSet[] _subjects;

    /// <summary>By class, the positions of those sets of own peers that it is in.</summary>
    private readonly GroupedArray<int> _of;

    private OwnPeersIndex(IEnumerable<IndexSet> subjects, GroupedArray<int> of)
    {
        _subjects = [.. subjects];
        _of = of;
    }

    /// <summary>Null where no rule set has peers of its own.</summary>
    /// <param name="rules">Of one direction.</param>
    /// <param name="classes">Of the endpoints.</param>
    public static OwnPeersIndex? Of(DirectionRules rules, EndpointClasses classes)
    {
        var subjects = new Dictionary<IndexSet, IndexSet.Builder>(ReferenceEqualityComparer.Instance);
        if (!Array.Exists(rules.Blocks, static block => block.IsShared))
            return null;
        foreach (var subject in classes.Representatives)
        {
            if (rules.OfClass(subject) is not { SharedCount: > 0 } ruleSet)
                continue;
            if (!subjects.TryGetValue(ruleSet.OwnPeers, out var of))
                subjects.Add(ruleSet.OwnPeers, of = new IndexSet.Builder());
            of.Add(subject);
        }

        return new OwnPeersIndex(subjects.Values.Select(static of => of.Build()), classes.PositionsIn([.. subjects.Keys]));
    }

    /// <summary>The subjects whose shared blocks say nothing of a class.</summary>
    public IndexSet SubjectsWith(int peer)
    {
        var positions = _of[peer];
        if (positions.Length < 2)
            return positions.IsEmpty ? IndexSet.Empty : _subjects[positions[0]];
        var all = new List<IndexSet>(positions.Length);
        foreach (var position in positions)
            all.Add(_subjects[position]);
        return IndexSet.UnionOf(all);
    }
}
