using NetPolTools.Objects;
using NetPolTools.Snapshot;

namespace NetPolTools.Repairing;

/// <summary>Names for new policies that no policy has yet.</summary>
internal sealed class NewPolicyNames(ClusterSnapshot snapshot)
{
    private const int MaxLength = 63;

    private readonly HashSet<(string Namespace, string Name)> _taken = [.. snapshot.NetworkPolicies.Select(static policy => (policy.Namespace, policy.Name))];

    /// <summary><c>allow-web-to-db</c>.</summary>
    public string Next(RepairSide side, string verb)
    {
        var (subject, peer) = (NameOf(side, side.Subjects.First), NameOf(side, side.Peers.First));
        var (from, to) = side.Direction == PolicyDirection.Ingress ? (peer, subject) : (subject, peer);
        var wanted = Cut($"{verb}-{from}-to-{to}-{side.Field}", MaxLength);
        var name = wanted;
        for (var number = 2; !_taken.Add((side.Namespace, name)); number++)
            name = $"{Cut(wanted, MaxLength - 1 - $"{number}".Length)}-{number}";
        return name;
    }

    private static string NameOf(RepairSide side, int end)
    {
        var name = end < side.Map.Endpoints.PodCount ? side.Map.Endpoints[end].Owner.Name : "addresses";
        return NameRules.CheckSubdomain(name) is null ? name : "pods";
    }

    private static string Cut(string name, int length) => (name.Length <= length ? name : name[..length]).TrimEnd('-', '.');
}
