using NetPolTools.Sets;

namespace NetPolTools.Reachability;

/// <summary>
/// Answers "who can reach X" as a set, for one X after another: sources that policies let reach it on some port, as different pods. Not thread safe; any
/// number may ask one map at a time.
/// </summary>
public sealed class SourceFinder
{
    private readonly ReachabilityMap _map;
    private readonly ReachIndex _index;
    private readonly IndexSetAccumulator _found;

    public SourceFinder(ReachabilityMap map)
    {
        _map = map;
        _index = map.Index;
        _found = new IndexSetAccumulator(map.Endpoints.Count);
    }

    /// <summary>The classes that reach a destination, addresses outside among them. Its own class among them means other pods of it.</summary>
    /// <param name="destination">An endpoint, for its class.</param>
    public IndexSet Of(int destination)
    {
        Find(destination);
        return _found.ToSet();
    }

    /// <summary>The same, to be looked at until the next question.</summary>
    internal IndexSetAccumulator Find(int destination)
    {
        _found.Clear();
        var senders = _index.Senders.Of(_map.Classes.Of(destination));
        if (_map.IngressOf(destination) is { } ingress)
        {
            foreach (var block in ingress.Blocks)
            {
                foreach (var grant in _index.Received(block))
                    Add(grant, senders);
            }

            return _found;
        }

        _found.Add(_index.NotIsolatedForEgress);
        foreach (var position in senders)
            _found.Add(_index.Senders[position].Any);
        return _found;
    }

    /// <summary>Of the peers let in, those that may send on the same ports.</summary>
    private void Add(in GrantOnPlaces grant, ReadOnlySpan<int> senders)
    {
        if (grant.Wide is { } wide)
            _found.Add(wide.NotIsolated);
        else
            _found.AddBoth(grant.Peers, _index.NotIsolatedForEgress);
        foreach (var position in senders)
        {
            var speakers = _index.Senders[position];
            if (grant.Places is null)
            {
                Add(grant, speakers.Any);
                continue;
            }

            Add(grant, speakers.OnAllPorts);
            foreach (var place in grant.Places)
                Add(grant, speakers.On(place));
        }
    }

    private void Add(in GrantOnPlaces grant, IndexSet senders)
    {
        if (senders.IsEmpty)
            return;
        if (grant.Wide is { } wide)
            _found.AddBoth(senders, wide.Bits);
        else
            _found.AddBoth(grant.Peers, senders);
    }
}
