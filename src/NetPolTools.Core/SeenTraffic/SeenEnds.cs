using NetPolTools.Authoring.Inference;
using NetPolTools.Intents;
using NetPolTools.Reachability;
using NetPolTools.Sets;

namespace NetPolTools.SeenTraffic;

/// <summary>How far an end of an intent means an end of traffic.</summary>
internal enum SeenMatch
{
    /// <summary>Not at all.</summary>
    None,

    /// <summary>Some of its pods or addresses; which of them the traffic was of is not known.</summary>
    Some,

    /// <summary>All of it.</summary>
    All,
}

/// <summary>
/// Which ends of intents mean which ends of traffic, remembered: many intents have the same ends. Addresses are compared themselves, since policies may treat
/// many of them the same. Not thread safe.
/// </summary>
/// <param name="map">Of the cluster.</param>
/// <param name="verdicts">Of the same.</param>
/// <param name="withoutAddresses">What an end means besides the addresses that it names.</param>
internal sealed class SeenEnds(ReachabilityMap map, FlowVerdicts verdicts, Func<IntentEnd, IndexSet> withoutAddresses)
{
    private readonly Dictionary<IndexSet, Dictionary<TrafficEnd, SeenMatch>> _known = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<string, IndexSet> _withoutAddresses = [];

    /// <param name="seen">An end of traffic.</param>
    /// <param name="asked">An end of an intent.</param>
    /// <param name="ends">What it means; of several with one name the same set.</param>
    public SeenMatch Match(TrafficEnd seen, IntentEnd asked, IndexSet ends)
    {
        if (asked.IsEverything && seen.Addresses.Count > 0)
            return SeenMatch.All;
        if (!_known.TryGetValue(ends, out var known))
            _known.Add(ends, known = []);
        if (!known.TryGetValue(seen, out var match))
            known.Add(seen, match = seen.Addresses.Count > 0 ? OfAddresses(seen, asked) : Of(verdicts.All(seen), ends));
        return match;
    }

    private static SeenMatch Of(IndexSet seen, IndexSet ends) =>
        !seen.Overlaps(ends) ? SeenMatch.None : seen.Except(ends).IsEmpty ? SeenMatch.All : SeenMatch.Some;

    private SeenMatch OfAddresses(TrafficEnd seen, IntentEnd asked)
    {
        if (!_withoutAddresses.TryGetValue(asked.Text, out var others))
            _withoutAddresses.Add(asked.Text, others = withoutAddresses(asked));
        AddressRange[] named = [.. asked.Patterns.Select(static pattern => pattern.Addresses).OfType<AddressRange>()];
        SeenMatch[] matches = [.. seen.Addresses.Select(Of)];
        return Array.TrueForAll(matches, static match => match == SeenMatch.All) ? SeenMatch.All
            : Array.TrueForAll(matches, static match => match == SeenMatch.None) ? SeenMatch.None
            : SeenMatch.Some;

        SeenMatch Of(AddressRange range)
        {
            if (Array.Exists(named, one => one.Contains(range)))
                return SeenMatch.All;
            var match = SeenEnds.Of(IndexSet.Of(map.Endpoints.IndexesOfAddresses(range)), others);
            return match == SeenMatch.None && Array.Exists(named, one => one.Overlaps(range)) ? SeenMatch.Some : match;
        }
    }
}
