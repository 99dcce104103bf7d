using NetPolTools.Objects;
using NetPolTools.Policies;
using NetPolTools.Text;

namespace NetPolTools.Explaining;

/// <summary>A policy and where it stands.</summary>
/// <param name="Name"><c>namespace/name</c> for a NetworkPolicy; of other kinds the kind stands before it.</param>
public sealed record PolicyPlace(string Name, SourceLocation Location)
{
    public string Name { get; } = Name;

    public SourceLocation Location { get; } = Location;

    /// <summary><c>shop/db (policies.yaml:40:1)</c>.</summary>
    public override string ToString() => Location is { IsKnown: true, Line: > 0 } ? $"{Name} ({Location})" : Name;

    internal static PolicyPlace Of(NetworkPolicy policy) => new($"{policy.Metadata.Namespace}/{policy.Name}", policy.Location);

    internal static PolicyPlace Of(TieredPolicy policy) => policy.Origin.Object is NetworkPolicy written
        ? Of(written)
        : new PolicyPlace(policy.Origin.Reference.ToString(), policy.Origin.Location);
}

/// <summary>A rule of a policy and where it stands.</summary>
/// <param name="Policy">Its policy.</param>
/// <param name="Path">As the API server writes it: <c>spec.ingress[0]</c>.</param>
/// <param name="Location">Where the rule begins; unknown for policies that came as objects.</param>
public sealed record RulePlace(PolicyPlace Policy, string Path, SourceLocation Location)
{
    public PolicyPlace Policy { get; } = Policy;

    public string Path { get; } = Path;

    public SourceLocation Location { get; } = Location;

    /// <summary><c>shop/db spec.ingress[0] (policies.yaml:52:7)</c>.</summary>
    public override string ToString() => Location is { IsKnown: true, Line: > 0 } ? $"{Policy.Name} {Path} ({Location})" : $"{Policy.Name} {Path}";
}
