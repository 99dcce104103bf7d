using NetPolTools.Objects;
using NetPolTools.Sets;

namespace NetPolTools.Explaining;

/// <summary>A rule that allows something.</summary>
/// <param name="Rule">Which.</param>
/// <param name="Peers">Those of its peers that match, each as path and words: <c>from[1]: every pod of namespaces with env=prod</c>.</param>
/// <param name="Ports">What it allows.</param>
public sealed record RuleMatch(RulePlace Rule, IReadOnlyList<string> Peers, PortSet Ports)
{
    public RulePlace Rule { get; } = Rule;

    public IReadOnlyList<string> Peers { get; } = Indexable.Of(Peers);

    // One rule matches for thousands of connections, and says the same of each.
    private string? _text;

    public PortSet Ports
    {
        get;
        internal init => (field, _text) = (value, null);
    } = Ports;

    public bool Equals(RuleMatch? other) => other is not null && Rule == other.Rule && Equals(Peers, other.Peers) && Ports == other.Ports;

    public override int GetHashCode() => HashCode.Combine(Rule, Ports);

    public override string ToString() => _text ??= $"{Rule} allows {Ports}: {string.Join("; ", Peers)}";
}

/// <summary>A rule that allows nothing of what was asked, and what would have to be otherwise for it to.</summary>
/// <param name="Rule">Which.</param>
/// <param name="Lacks">All of these.</param>
public sealed record NearMiss(RulePlace Rule, IReadOnlyList<string> Lacks)
{
    public RulePlace Rule { get; } = Rule;

    public IReadOnlyList<string> Lacks { get; } = Indexable.Of(Lacks);

    public override string ToString() => $"{Rule} would match if {string.Join(" and ", Lacks)}";
}

/// <summary>A policy that selects no pod, and what would have to be otherwise for it to select the one asked about.</summary>
/// <param name="Policy">Which.</param>
/// <param name="Lacks">All of these.</param>
public sealed record NearPolicy(PolicyPlace Policy, IReadOnlyList<string> Lacks)
{
    public PolicyPlace Policy { get; } = Policy;

    public IReadOnlyList<string> Lacks { get; } = Indexable.Of(Lacks);

    /// <summary><c>shop/db would select it if …</c></summary>
    public override string ToString() => $"{Policy} selects no pod; it would select this one if {string.Join(" and ", Lacks)}";

    internal string Line(string subject) =>
        $"  {Policy.Name}{(Policy.Location is { IsKnown: true, Line: > 0 } place ? $" ({place})" : "")} "
        + $"selects no pod; it would select {subject} if {string.Join(" and ", Lacks)}";
}
