using NetPolTools.Listing;
using NetPolTools.Objects;

namespace NetPolTools.Isolation;

/// <summary>Which policies isolate a workload, or one of its pods where policies tell them apart, and how much they allow.</summary>
/// <param name="Owner">The workload, also where <paramref name="End"/> is one of its pods.</param>
/// <param name="IsHostNetwork">It speaks with its node's address: no policy ever isolates it.</param>
public sealed record WorkloadIsolation(ConnectionEnd End, ObjectReference Owner, DirectionIsolation Ingress, DirectionIsolation Egress, bool IsHostNetwork)
{
    /// <summary><c>wide open</c>, <c>ingress isolated</c>, <c>ingress denied, egress isolated</c>, <c>locked down</c> and so on.</summary>
    public string Summary
    {
        get
        {
            if (IsHostNetwork)
                return "hostNetwork, never isolated";
            if (Ingress.Word == Egress.Word)
                return Ingress.Word switch { "open" => "wide open", "open by policy" => "wide open by policy", "denied" => "locked down", var both => both };
            return string.Join(", ", new[] { ("ingress", Ingress), ("egress", Egress) }
                .Where(static direction => direction.Item2.State != IsolationState.Open)
                .Select(static direction => $"{direction.Item1} {direction.Item2.Word}"));
        }
    }

    /// <summary>How many policies select it.</summary>
    internal int PolicyCount =>
        ((Ingress.ByName ?? Egress.ByName)?.Count(Ingress.RuleSet, Egress.RuleSet) ?? 0) + Ingress.OtherPolicies.Union(Egress.OtherPolicies).Count();

    /// <summary>Their names, each once: those for ingress first, and so many at most.</summary>
    internal IReadOnlyList<string> FirstPolicyNames(int most)
    {
        var received = Ingress.FirstPolicyNames(most);

        // Fewer than the most are in both, so that twice as many hold all that can be wanted.
        return received.Count == most ? received : [.. received.Union(Egress.FirstPolicyNames(2 * most)).Take(most)];
    }

    /// <summary>Whether no policy isolates it in some direction.</summary>
    public bool IsOpen => Ingress.State == IsolationState.Open || Egress.State == IsolationState.Open;
}
