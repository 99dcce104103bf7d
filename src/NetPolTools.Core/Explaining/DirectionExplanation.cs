using NetPolTools.Objects;
using NetPolTools.Sets;

namespace NetPolTools.Explaining;

/// <summary>What the policies of one end say about the other end, in one direction.</summary>
public sealed record DirectionExplanation(PolicyDirection Direction, string Subject)
{
    /// <summary>The policies that isolate the subject in this direction; none means that everything is allowed.</summary>
    public IReadOnlyList<PolicyPlace> Policies { get; init; } = [];

    /// <summary>Why no policy isolates it although one could be expected to, as with hostNetwork; null otherwise.</summary>
    public string? NeverIsolated { get; init; }

    /// <summary>The ports that the rules below allow together.</summary>
    public PortSet Ports { get; init; } = PortSet.All;

    /// <summary>Every rule that allows something of it.</summary>
    public IReadOnlyList<RuleMatch> Matches { get; init; } = [];

    /// <summary>Where nothing of what was asked is allowed: the rules that come closest, and what they lack. At most three.</summary>
    public IReadOnlyList<NearMiss> NearMisses { get; init; } = [];

    /// <summary>What of these policies the network plugin does not do as written, where it matters here.</summary>
    public IReadOnlyList<string> Limits { get; init; } = [];

    public bool IsIsolated => Policies.Count > 0;

    public IEnumerable<string> Lines()
    {
        var name = Direction == PolicyDirection.Ingress ? "ingress" : "egress";
        if (NeverIsolated is not null)
            return [$"{name}: {NeverIsolated}"];
        if (!IsIsolated)
            return [$"{name}: no policy selects {Subject} for {name}, so everything is allowed"];
        return
        [
            $"{name}: {Subject} is isolated by {string.Join(", ", Policies.Select(static policy => policy.Name))}",
            .. Matches.Select(static match => "  " + match),
            .. NearMisses.Select(static miss => "  " + miss),
            .. Limits.Select(static limit => "  note: " + limit),
            .. Matches.Count == 0 && NearMisses.Count == 0 ? [$"  none of them has a rule for {name}, so nothing is allowed"] : Array.Empty<string>(),
        ];
    }
}
