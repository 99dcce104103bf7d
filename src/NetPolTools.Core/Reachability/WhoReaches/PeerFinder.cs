using NetPolTools.Objects;
using NetPolTools.Sets;

namespace NetPolTools.Reachability;

/// <summary>
/// Answers "who can reach X", or "whom can X reach", as a set, for one X after another: those with whom policies let it talk on some port, as different
/// pods. Not thread safe; any number may ask one map at a time.
/// </summary>
public sealed class PeerFinder
{
    private readonly PolicyDirection _direction;
    private readonly ReachabilityMap _map;
    private readonly WhoReachesIndex _index;
    private readonly IndexSetAccumulator _found;

    // As large as the cluster, and needed only where blocks are shared.
    private IndexSetAccumulator? _part;

    /// <param name="map">What is asked.</param>
    /// <param name="direction">Ingress for who reaches X, egress for whom X reaches.</param>
    public PeerFinder(ReachabilityMap map, PolicyDirection direction)
    {
        _map = map;
        _direction = direction;
        _index = map.WhoReaches(direction);
        _found = new IndexSetAccumulator(map.Endpoints.Count);
    }

    /// <summary>The classes on the other side, addresses outside among them. An endpoint's own class among them means other pods of it.</summary>
    /// <param name="subject">An endpoint, for its class.</param>
    public IndexSet PeersOf(int subject)
    {
        Find(subject);
        return _found.ToSet();
    }

    /// <summary>The same, to be looked at until the next question.</summary>
    internal IndexSetAccumulator Find(int subject)
    {
        _found.Clear();
        var ofClass = _map.Classes.ClassOf(subject);
        var ruleSet = _map.RulesOf(_direction, subject);
        var silent = _index.OwnPeers?.SubjectsWith(ofClass) ?? IndexSet.Empty;
        if (silent.IsEmpty && ruleSet is null or { SharedCount: 0 })
            Collect(_found, ofClass, ruleSet, ofShared: null, byShared: null);
        else
            FindBeside(ofClass, ruleSet, silent);
        return _found;
    }

    /// <summary>
    /// The same where shared blocks, of the subject or of peers, say nothing of the other end: each kind of blocks against each.
    /// </summary>
    private void FindBeside(int ofClass, RuleSet? ruleSet, IndexSet silent)
    {
        var part = _part ??= new IndexSetAccumulator(_map.Endpoints.Count);
        bool[] kinds = [true, false];
        var own = ruleSet?.OwnPeers ?? IndexSet.Empty;
        foreach (var ofShared in kinds)
        {
            foreach (var byShared in kinds)
            {
                part.Clear();
                Collect(part, ofClass, ruleSet, ofShared, byShared);
                _found.AddWithout(part, (ofShared ? own : IndexSet.Empty).Union(byShared ? silent : IndexSet.Empty));
            }
        }
    }

    /// <param name="into">What is found.</param>
    /// <param name="ofClass">The subject.</param>
    /// <param name="ruleSet">Its rules.</param>
    /// <param name="ofShared">Whether only the shared blocks of the rules count, or only the others; null for all.</param>
    /// <param name="byShared">The same of peers; those that no policy isolates are among the others.</param>
    private void Collect(IndexSetAccumulator into, int ofClass, RuleSet? ruleSet, bool? ofShared, bool? byShared)
    {
        var positions = _index.Grantors.SetsWith(ofClass);
        if (ruleSet is null)
        {
            if (ofShared == true)
                return;
            if (byShared != true)
                into.Add(_index.OpenPeers);
            foreach (var position in positions)
            {
                if (byShared is null || byShared == _index.Grantors.IsShared(position))
                    into.Add(_index.Grantors[position].Any);
            }

            return;
        }

        var from = ofShared == false ? ruleSet.SharedCount : 0;
        var to = ofShared == true ? ruleSet.SharedCount : ruleSet.Blocks.Length;
        for (var b = from; b < to; b++)
        {
            foreach (var grant in _index.Allowed(ruleSet.Blocks[b]))
                Add(into, grant, positions, byShared);
        }
    }

    /// <summary>Of the peers allowed, those that allow the subject on the same ports.</summary>
    private void Add(IndexSetAccumulator into, in GrantByPort grant, ReadOnlySpan<int> positions, bool? byShared)
    {
        if (byShared != true && grant.Dense is { } dense)
            into.Add(dense.NotIsolated);
        else if (byShared != true)
            into.AddBoth(grant.Peers, _index.OpenPeers);
        foreach (var position in positions)
        {
            if (byShared is not null && byShared != _index.Grantors.IsShared(position))
                continue;
            var named = _index.Grantors[position];
            if (grant.Ports is null)
            {
                Add(into, grant, named.Any);
                continue;
            }

            Add(into, grant, named.OnAllPorts);
            foreach (var port in grant.Ports)
                Add(into, grant, named.SubjectsOn(port));
        }
    }

    private static void Add(IndexSetAccumulator into, in GrantByPort grant, IndexSet allowing)
    {
        if (allowing.IsEmpty)
            return;
        if (grant.Dense is { } dense)
            into.AddBoth(allowing, dense.Bits);
        else
            into.AddBoth(grant.Peers, allowing);
    }
}
