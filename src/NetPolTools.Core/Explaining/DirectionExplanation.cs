using NetPolTools.Objects;
using NetPolTools.Policies;
using NetPolTools.Reachability;
using NetPolTools.Sets;
using NetPolTools.Text;

namespace NetPolTools.Explaining;

/// <summary>What the policies of one end say about the other end, in one direction.</summary>
public sealed record DirectionExplanation(PolicyDirection Direction, string Subject)
{
    /// <summary>The explanation of both directions has each under its name.</summary>
    internal PolicyDirection Direction { get; } = Direction;

    public string Subject { get; } = Subject;

    /// <summary>The policies that isolate the subject in this direction; none means that everything is allowed.</summary>
    public IReadOnlyList<PolicyPlace> Policies { get; internal init => field = Indexable.Of(value); } = FixedList<PolicyPlace>.Empty;

    /// <summary>The policies of other kinds that select the subject, or may.</summary>
    public IReadOnlyList<PolicyPlace> TieredPolicies { get; internal init => field = Indexable.Of(value); } = FixedList<PolicyPlace>.Empty;

    /// <summary>What these decide, in the order in which they are asked; NetworkPolicies stand between them.</summary>
    public IReadOnlyList<TierStep> Tiers { get; internal init => field = Indexable.Of(value); } = FixedList<TierStep>.Empty;

    /// <summary>
    /// The ports that NetworkPolicies decide, where policies of other kinds select the subject and some NetworkPolicy isolates it; null where there are no
    /// others.
    /// </summary>
    public PortSet? LeftToNetworkPolicies { get; internal init; }

    /// <summary>The ports that no policy decides, where policies of other kinds select the subject: they are allowed.</summary>
    public PortSet ByDefault { get; internal init; } = PortSet.None;

    /// <summary>The ports of which it cannot be told whether they are allowed.</summary>
    public PortSet Undetermined { get; internal init; } = PortSet.None;

    /// <summary>How many of <see cref="Tiers"/> come before the NetworkPolicies.</summary>
    internal int StepsBeforeNetworkPolicies { get; init; }

    /// <summary>Why no policy isolates it although one could be expected to, as with hostNetwork; null otherwise.</summary>
    public string? NeverIsolated { get; internal init; }

    /// <summary>The ports that the rules below allow together.</summary>
    public PortSet Ports { get; internal init; } = PortSet.All;

    /// <summary>Every rule that allows something of it.</summary>
    public IReadOnlyList<RuleMatch> Matches { get; internal init => field = Indexable.Of(value); } = FixedList<RuleMatch>.Empty;

    /// <summary>How many more there are, beside those of <see cref="Matches"/>, where the first alone were asked for.</summary>
    internal int MoreMatches { get; init; }

    /// <summary>Where nothing of what was asked is allowed: the rules that come closest, and what they lack. At most three.</summary>
    public IReadOnlyList<NearMiss> NearMisses { get; internal init => field = Indexable.Of(value); } = FixedList<NearMiss>.Empty;

    /// <summary>How many more rules lack as much or more, beside those of <see cref="NearMisses"/>.</summary>
    public int MoreNearMisses { get; internal init; }

    /// <summary>Policies that select no pod at all, and lack one thing to select the subject: a label, or the namespace. At most three.</summary>
    public IReadOnlyList<NearPolicy> NearPolicies { get; internal init => field = Indexable.Of(value); } = FixedList<NearPolicy>.Empty;

    /// <summary>How many more there are like those of <see cref="NearPolicies"/>.</summary>
    public int MoreNearPolicies { get; internal init; }

    /// <summary>What of these policies the network plugin does not do as written, where it matters here.</summary>
    public IReadOnlyList<string> Limits { get; internal init => field = Indexable.Of(value); } = FixedList<string>.Empty;

    public bool IsIsolated => Policies.Count > 0;

    public IEnumerable<string> Lines()
    {
        var name = Direction == PolicyDirection.Ingress ? "ingress" : "egress";
        if (NeverIsolated is not null)
            return [$"{name}: {NeverIsolated}"];
        if (TieredPolicies.Count > 0)
            return TieredLines(name);
        if (!IsIsolated)
            return [$"{name}: no policy selects {Subject} for {name}, so everything is allowed", .. NearPolicyLines()];
        return
        [
            $"{name}: {Subject} is isolated by {string.Join(", ", Policies.Select(static policy => policy.Name))}",
            .. Matches.Select(static match => "  " + match),
            .. NearLines().Select(static line => "  " + line),
            .. NearPolicyLines(),
            .. Undetermined.IsEmpty ? [] : new[] { $"  undetermined: {Undetermined}: {TrafficScope.Unspecified}" },
            .. Limits.Select(static limit => "  note: " + limit),
            .. Matches.Count == 0 && NearMisses.Count == 0 ? [$"  none of them has a rule for {name}, so nothing is allowed"] : Array.Empty<string>(),
        ];
    }

    /// <summary>The rules that decide, in a sentence; null where this direction is not what denies.</summary>
    /// <param name="isAllowed">Whether the connection is allowed, by both directions.</param>
    internal string? Reason(bool isAllowed)
    {
        var name = Direction == PolicyDirection.Ingress ? "Ingress" : "Egress";
        string[] rules =
        [
            .. Tiers.Where(step => step.Decision == (isAllowed ? RuleAction.Allow : RuleAction.Deny)).Select(static step => step.ToString()),
            .. isAllowed ? Matches.Select(static match => match.ToString()) : [],
        ];
        if (isAllowed)
        {
            return rules.Length > 0 ? $"{name}: {rules[0]}."
                : $"{name}: {NeverIsolated ?? (TieredPolicies.Count + Policies.Count > 0 ? "no rule decides it" : $"no policy selects {Subject}")}.";
        }

        if (NeverIsolated is not null || (TieredPolicies.Count == 0 && !IsIsolated))
            return null;
        if (NearMisses.Count > 0)
            return $"{name}: {Subject} is isolated by {string.Join(", ", Policies)}, and {NearMisses[0]}.";
        return rules.Length > 0 ? $"{name}: {rules[0]}."
            : IsIsolated && Matches.Count == 0 ? $"{name}: {Subject} is isolated by {string.Join(", ", Policies)}, and no rule allows it."
            : null;
    }

    /// <summary>What decides in this direction without NetworkPolicies being able to say otherwise, a sentence each.</summary>
    /// <param name="isAllowed">Whether what is in the way allows.</param>
    /// <param name="ports">The ports that matter.</param>
    internal IEnumerable<string> Obstacles(bool isAllowed, PortSet ports)
    {
        var name = Direction == PolicyDirection.Ingress ? "Ingress" : "Egress";
        foreach (var step in Tiers.Take(StepsBeforeNetworkPolicies))
        {
            if (step.Decision == (isAllowed ? RuleAction.Allow : RuleAction.Deny) && !step.Ports.Intersect(ports).IsEmpty)
                yield return $"{name}: {step}; no NetworkPolicy can change that.";
        }

        if (isAllowed && NeverIsolated is { } never)
            yield return $"{name}: {never}.";
    }

    private IEnumerable<string> NearPolicyLines()
    {
        foreach (var near in NearPolicies)
            yield return near.Line(Subject);
        if (MoreNearPolicies > 0)
        {
            yield return MoreNearPolicies == 1
                ? "  and 1 more policy that selects no pod lacks one thing"
                : $"  and {MoreNearPolicies} more policies that select no pod lack one thing";
        }
    }

    private IEnumerable<string> NearLines()
    {
        foreach (var miss in NearMisses)
            yield return miss.ToString();
        if (MoreNearMisses > 0)
            yield return MoreNearMisses == 1 ? "and 1 more rule lacks as much or more" : $"and {MoreNearMisses} more rules lack as much or more";
    }

    /// <summary>For people, so that nothing of the input steers a terminal.</summary>
    public override string ToString() => string.Join("\n", Lines().Select(Printable.Of));

    private static IEnumerable<string> StepLines(TierStep step) => step.NearMisses.Select(static miss => "    " + miss).Prepend("  " + step);

    private IEnumerable<string> TieredLines(string name)
    {
        var isolated = IsIsolated ? $" and isolated by {string.Join(", ", Policies.Select(static policy => policy.Name))}" : "";
        yield return $"{name}: {Subject} is under {string.Join(", ", TieredPolicies.Select(static policy => policy.Name))}{isolated}";
        foreach (var line in Tiers.Take(StepsBeforeNetworkPolicies).SelectMany(StepLines))
            yield return line;
        if (LeftToNetworkPolicies is { IsEmpty: false } left)
        {
            yield return $"  NetworkPolicies decide {left}";
            foreach (var line in Matches.Select(static match => match.ToString()).Concat(NearLines()))
                yield return "    " + line;
            if (Matches.Count == 0)
                yield return "    nothing of it is allowed";
        }

        foreach (var line in Tiers.Skip(StepsBeforeNetworkPolicies).SelectMany(StepLines))
            yield return line;
        if (!ByDefault.IsEmpty)
            yield return $"  no rule decides {ByDefault}, so it is allowed";
        if (!Undetermined.IsEmpty)
            yield return $"  undetermined: {Undetermined}";
        foreach (var limit in Limits)
            yield return "  note: " + limit;
    }
}
