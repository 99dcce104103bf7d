using NetPolTools.Text;

namespace NetPolTools.Explaining;

/// <summary>Why one endpoint may or may not reach another: both directions, since both must allow it.</summary>
/// <param name="Egress">What the source may send.</param>
/// <param name="Ingress">What the destination may receive.</param>
public sealed record Explanation(DirectionExplanation Egress, DirectionExplanation Ingress)
{
    public DirectionExplanation Egress { get; } = Egress;

    public DirectionExplanation Ingress { get; internal init; } = Ingress;

    /// <summary>A line each for what is known, egress first; for people, so that nothing of the input steers a terminal.</summary>
    public IEnumerable<string> Lines() => Egress.Lines().Concat(Ingress.Lines()).Select(Printable.Of);

    public override string ToString() => string.Join("\n", Lines());
}
