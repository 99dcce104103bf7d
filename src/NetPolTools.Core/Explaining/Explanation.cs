using NetPolTools.Text;

namespace NetPolTools.Explaining;

/// <summary>Why one endpoint may or may not reach another: both directions, since both must allow it.</summary>
/// <param name="Egress">What the source may send.</param>
/// <param name="Ingress">What the destination may receive.</param>
public sealed record Explanation(DirectionExplanation Egress, DirectionExplanation Ingress)
{
    public DirectionExplanation Egress { get; } = Egress;

    public DirectionExplanation Ingress { get; internal init; } = Ingress;

    /// <summary>
    /// The place that decides: the first rule that allows it; or, where it is denied, the rule that comes nearest, or else the policy that isolates an end.
    /// Unknown where no policy decides, or where policies came as objects.
    /// </summary>
    /// <param name="isAllowed">Whether it is allowed.</param>
    public SourceLocation DecidingPlace(bool isAllowed)
    {
        var directions = new[] { Ingress, Egress };
        if (isAllowed)
            return directions.SelectMany(static direction => direction.Matches).Select(static match => match.Rule.Location).FirstOrDefault();
        var denying = directions.Where(static direction => direction is { IsIsolated: true, Matches.Count: 0 }).ToArray();
        return denying.SelectMany(static direction => direction.NearMisses).Select(static miss => miss.Rule.Location)
            .Concat(denying.SelectMany(static direction => direction.Policies).Select(static policy => policy.Location))
            .FirstOrDefault();
    }

    /// <summary>
    /// The rules that decide, in a sentence for each direction that does: those that allow it, or what denies it and the rule that comes nearest.
    /// </summary>
    /// <param name="isAllowed">Whether it is allowed.</param>
    public IReadOnlyList<string> Reasons(bool isAllowed) =>
        [.. new[] { Egress, Ingress }.Select(direction => direction.Reason(isAllowed)).OfType<string>()];

    /// <summary>A line each for what is known, egress first; for people, so that nothing of the input steers a terminal.</summary>
    public IEnumerable<string> Lines() => Egress.Lines().Concat(Ingress.Lines()).Select(Printable.Of);

    public override string ToString() => string.Join("\n", Lines());
}
