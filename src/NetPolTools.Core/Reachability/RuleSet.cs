using NetPolTools.Objects;
using NetPolTools.Sets;

namespace NetPolTools.Reachability;

/// <summary>
/// What the policies that select an endpoint allow in one direction, together. Endpoints selected by the same policies share one.
/// </summary>
public sealed class RuleSet
{
    private readonly AllowedPorts _allowed;
    private readonly AllowedPorts? _allowedOtherwise;

    internal RuleSet(
        IReadOnlyList<NetworkPolicy> policies, PolicyDirection direction, AllowedPorts allowed, AllowedPorts? allowedOtherwise, IndexSet subjects)
    {
        Policies = policies;
        Direction = direction;
        _allowed = allowed;
        _allowedOtherwise = allowedOtherwise;
        Subjects = subjects;
    }

    /// <summary>The policies that isolate the subjects in this direction; at least one.</summary>
    public IReadOnlyList<NetworkPolicy> Policies { get; }

    public PolicyDirection Direction { get; }

    /// <summary>The classes of endpoints this is about.</summary>
    public IndexSet Subjects { get; }

    /// <summary>Disjoint sets of peers, by class, each with the ports allowed with it. A peer in none of them is denied.</summary>
    internal IReadOnlyList<PortsByPeer> Allowed() => _allowed.Disjoint();

    /// <summary>Whether some answer hangs on ipBlocks matching pods or not.</summary>
    public bool HangsOnIPBlock => _allowedOtherwise is not null;

    /// <summary>The ports allowed with a peer, given by its class.</summary>
    public PortSet PortsWith(int peer) => _allowed.With(peer);

    /// <summary>The same if ipBlocks matched pods just the other way than assumed.</summary>
    public PortSet PortsWithOtherwise(int peer) => (_allowedOtherwise ?? _allowed).With(peer);
}
