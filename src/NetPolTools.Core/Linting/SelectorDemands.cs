using NetPolTools.Objects;

namespace NetPolTools.Linting;

/// <summary>What selectors ask of each label, worked out once for each of them. Not thread safe.</summary>
internal sealed class SelectorDemands
{
    private readonly Dictionary<LabelSelector, Dictionary<string, KeyDemand>> _known = new(ReferenceEqualityComparer.Instance);

    /// <summary>By label; what is not in it may be as it likes.</summary>
    public Dictionary<string, KeyDemand> Of(LabelSelector selector)
    {
        if (!_known.TryGetValue(selector, out var demands))
            _known.Add(selector, demands = Find(selector));
        return demands;
    }

    private static Dictionary<string, KeyDemand> Find(LabelSelector selector)
    {
        var demands = new Dictionary<string, KeyDemand>(selector.MatchLabels.Count + selector.MatchExpressions.Count);
        for (var i = 0; i < selector.MatchLabels.Count; i++)
            Add(selector.MatchLabels[i].Key);
        for (var i = 0; i < selector.MatchExpressions.Count; i++)
            Add(selector.MatchExpressions[i].Key);
        return demands;

        void Add(string key)
        {
            if (!demands.ContainsKey(key))
                demands.Add(key, KeyDemand.Of(selector, key));
        }
    }

    /// <summary>Whether whatever labels match one selector match the other, too.</summary>
    /// <param name="wider">Matches at least as much.</param>
    /// <param name="narrower">Asks for at least as much.</param>
    public bool Covers(LabelSelector wider, LabelSelector narrower)
    {
        if (ReferenceEquals(wider, narrower))
            return true;
        var inner = Of(narrower);
        foreach (var (key, demand) in Of(wider))
        {
            if (!demand.Covers(inner.GetValueOrDefault(key, KeyDemand.Anything)))
                return false;
        }

        return true;
    }
}
