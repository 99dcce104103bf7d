using NetPolTools.Sets;

namespace NetPolTools.Authoring.Inference;

/// <summary>Works out the rules that a subject needs: its peers in each direction, those of equal ports together.</summary>
internal sealed class RulePlanner(AllowedTraffic allowed, InferenceScope scope)
{
    /// <param name="node">A class of pods, or a namespace as a whole.</param>
    public PlannedRules RulesOf(int node) => new(
        scope.ClosesIngress ? Rules(node, outgoing: false) : [],
        scope.ClosesEgress ? Rules(node, outgoing: true) : []);

    private PlannedRule[] Rules(int node, bool outgoing)
    {
        var peers = new Dictionary<PortSet, List<int>>();
        foreach (var (peer, ports) in allowed.PeersOf(node, outgoing))
        {
            var beside = outgoing ? allowed.Beside(node, peer) : allowed.Beside(peer, node);
            if (!ports.Except(beside).IsEmpty)
                ListOf(peers, ports).Add(peer);
        }

        var addresses = allowed.AddressesOf(node, outgoing).Entries.GroupBy(static entry => entry.Ports, static entry => entry.Range).ToDictionary(
            static group => group.Key,
            static group => group.ToArray());
        return [.. peers.Keys.Union(addresses.Keys)
            .Select(ports => new PlannedRule(ports, SetOf(peers.GetValueOrDefault(ports) ?? []), addresses.GetValueOrDefault(ports) ?? []))
            .OrderBy(static rule => rule.Peers.IsEmpty ? int.MaxValue : rule.Peers.First)
            .ThenBy(static rule => rule.Ports.ToString(), StringComparer.Ordinal)];
    }

    private static IndexSet SetOf(List<int> members)
    {
        members.Sort();
        var builder = new IndexSet.Builder();
        foreach (var member in members)
            builder.Add(member);
        return builder.Build();
    }

    private static List<int> ListOf(Dictionary<PortSet, List<int>> lists, PortSet ports)
    {
        if (!lists.TryGetValue(ports, out var list))
            lists.Add(ports, list = []);
        return list;
    }
}
