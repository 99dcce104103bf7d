using NetPolTools.Objects;
using NetPolTools.Sets;

namespace NetPolTools.Intents;

/// <summary>What the intents of a file allow, from one end's side: with whom, on which ports.</summary>
internal sealed class Allowances
{
    private readonly (IndexSet From, IndexSet To, PortSet Ports)[] _all;

    public Allowances(IEnumerable<IntentSides> intents)
    {
        _all =
        [
            .. intents.Where(static sides => sides.Intent.Kind is IntentKind.Allowed or IntentKind.Only)
                .SelectMany(static sides => sides.To.Select(to => (sides.From, to.Ends, sides.Intent.OnSomePort ? PortSet.All : to.Ports))),
        ];
    }

    /// <summary>Some ends, those together that the same intents are about.</summary>
    /// <param name="direction">Ingress where they receive.</param>
    /// <param name="ends">Which.</param>
    /// <returns>Each group with whom it may talk to.</returns>
    public IEnumerable<(IndexSet Ends, (IndexSet Peers, PortSet Ports)[] With)> Of(PolicyDirection direction, IndexSet ends)
    {
        var ofEnd = new Dictionary<int, List<int>>();
        for (var i = 0; i < _all.Length; i++)
        {
            foreach (var end in (direction == PolicyDirection.Ingress ? _all[i].To : _all[i].From).Intersect(ends))
            {
                if (!ofEnd.TryGetValue(end, out var list))
                    ofEnd.Add(end, list = []);
                list.Add(i);
            }
        }

        var alike = new Dictionary<string, (IndexSet.Builder Ends, List<int> Of)>();
        foreach (var end in ends)
        {
            var of = ofEnd.GetValueOrDefault(end) ?? [];
            var key = string.Join(',', of);
            if (!alike.TryGetValue(key, out var group))
                alike.Add(key, group = (new IndexSet.Builder(), of));
            group.Ends.Add(end);
        }

        return alike.Values.Select(group => (group.Ends.Build(), With(direction, group.Of)));
    }

    private (IndexSet Peers, PortSet Ports)[] With(PolicyDirection direction, List<int> of) =>
        [.. of.Select(i => (direction == PolicyDirection.Ingress ? _all[i].From : _all[i].To, _all[i].Ports))];

    /// <summary>Those of some peers that a connection on some ports is more with than what is allowed, each with what is more.</summary>
    public static IEnumerable<(IndexSet Peers, PortSet Ports)> Beyond(IndexSet peers, PortSet ports, (IndexSet Peers, PortSet Ports)[] with, int from = 0)
    {
        for (var i = from; i < with.Length; i++)
        {
            if (ports.Intersect(with[i].Ports).IsEmpty)
                continue;
            var inside = peers.Intersect(with[i].Peers);
            if (inside.IsEmpty)
                continue;
            foreach (var more in ports.Except(with[i].Ports) is { IsEmpty: false } left ? Beyond(inside, left, with, i + 1) : [])
                yield return more;
            peers = peers.Except(with[i].Peers);
            if (peers.IsEmpty)
                yield break;
        }

        yield return (peers, ports);
    }
}
