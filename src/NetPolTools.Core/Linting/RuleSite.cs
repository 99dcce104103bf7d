using NetPolTools.Objects;
using NetPolTools.Reachability;
using NetPolTools.Sets;

namespace NetPolTools.Linting;

/// <summary>A rule of a NetworkPolicy, and where it stands.</summary>
/// <param name="Policy">Whose.</param>
/// <param name="Direction">Of its ingress or its egress.</param>
/// <param name="Index">Which of them.</param>
/// <param name="Rule">The rule itself.</param>
internal readonly record struct RuleSite(NetworkPolicy Policy, PolicyDirection Direction, int Index, NetworkPolicyRule Rule)
{
    /// <summary><c>spec.ingress[0]</c>.</summary>
    public string Path => RulePaths.Of(Direction, Index);

    /// <summary>Whether policyTypes has the rule's direction.</summary>
    public bool IsInEffect => Policy.Isolates(Direction);

    public bool NamesNoPeer => Rule.Peers is not { Count: > 0 };

    public bool NamesNoPort => Rule.Ports is not { Count: > 0 };

    /// <summary>The ports that it names, such as <c>TCP 80, TCP 443</c>.</summary>
    public string PortWords => string.Join(", ", Rule.Ports!.Select(NetworkPolicyPortText.Of));

    /// <summary>Each item of <c>from</c> or <c>to</c>.</summary>
    public IEnumerable<PeerSite> Peers()
    {
        for (var i = 0; i < (Rule.Peers?.Count ?? 0); i++)
            yield return Peer(i);
    }

    /// <summary>One item of <c>from</c> or <c>to</c>.</summary>
    public PeerSite Peer(int index) => new(this, index, Rule.Peers![index]);

    /// <summary>Each item of <c>ports</c>.</summary>
    public IEnumerable<PortSite> Ports()
    {
        for (var i = 0; i < (Rule.Ports?.Count ?? 0); i++)
            yield return Port(i);
    }

    /// <summary>One item of <c>ports</c>.</summary>
    public PortSite Port(int index) => new(this, index, Rule.Ports![index]);

    /// <summary>How many rules of a direction are in effect.</summary>
    public static int CountInEffect(NetworkPolicy policy, PolicyDirection direction) =>
        policy.Isolates(direction) ? (direction == PolicyDirection.Ingress ? policy.Ingress : policy.Egress)?.Count ?? 0 : 0;

    /// <summary>Every rule of a policy, in effect or not.</summary>
    public static IEnumerable<RuleSite> Of(NetworkPolicy policy)
    {
        foreach (var direction in new[] { PolicyDirection.Ingress, PolicyDirection.Egress })
        {
            var rules = policy.Rules(direction);
            for (var i = 0; i < rules.Count; i++)
                yield return new RuleSite(policy, direction, i, rules[i]);
        }
    }
}

/// <summary>A peer of a rule, and where it stands.</summary>
internal readonly record struct PeerSite(RuleSite Rule, int Index, NetworkPolicyPeer Peer)
{
    /// <summary><c>spec.ingress[0].from[1]</c>.</summary>
    public string Path => RulePaths.OfPeer(Rule.Direction, Rule.Index, Index);
}

/// <summary>A port of a rule, and where it stands.</summary>
internal readonly record struct PortSite(RuleSite Rule, int Index, NetworkPolicyPort Port)
{
    /// <summary><c>spec.ingress[0].ports[1]</c>.</summary>
    public string Path => RulePaths.OfPort(Rule.Direction, Rule.Index, Index);

    /// <summary>TCP where the item names none.</summary>
    public Protocol Protocol => RulePorts.ProtocolOf(Port);
}
