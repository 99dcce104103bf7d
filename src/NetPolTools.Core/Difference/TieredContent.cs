using NetPolTools.Objects;
using NetPolTools.Policies;

namespace NetPolTools.Difference;

/// <summary>
/// What policies of other kinds than NetworkPolicy say, as a text that is the same for all ways to write it. Rank, order and action count; the order of
/// peers and ports in a rule means nothing.
/// </summary>
internal static class TieredContent
{
    /// <summary>Of each object; NetworkPolicies that the engine reads otherwise than they are written are compared as they are written.</summary>
    public static Dictionary<ObjectReference, string> ByPolicy(PolicyStack stack) => Translated(stack).ToDictionary(static policies => policies.Key, Of);

    /// <summary>What each object comes to, but for NetworkPolicies.</summary>
    public static IEnumerable<IGrouping<ObjectReference, TieredPolicy>> Translated(PolicyStack stack) => stack.Policies
        .Where(static policy => policy.Origin.Object is not NetworkPolicy)
        .GroupBy(static policy => policy.Origin.Reference);

    /// <param name="policies">All that one object comes to.</param>
    public static string Of(IEnumerable<TieredPolicy> policies) => string.Join("\n", policies.Select(Of));

    private static string Of(TieredPolicy policy) =>
        $"{policy.Rank.Tier.Name} {policy.Rank.Tier.Order} {policy.Rank.Order} of {Of(policy.Subjects)} ingress {Of(policy.Ingress)} egress "
            + $"{Of(policy.Egress)}";

    private static string Of(RuleList? list) => list is null ? "open" : $"[{string.Join("; ", list.Rules.Select(Of))}] rest {list.Unmatched}";

    private static string Of(TrafficRule rule) =>
        $"{rule.Action} {Sorted(rule.Peers.Select(static peer => Of(peer.Term)))} on {Of(rule.Ports)}{(rule.Only is null ? "" : $" only {Of(rule.Only)}")}";

    internal static string Of(EndpointTerm term) => term switch
    {
        EndpointTerm.Pods pods => $"pods {Of(pods.Which)}",
        EndpointTerm.Nodes nodes => $"nodes {nodes.Scope} {Of(nodes.Which)}",
        EndpointTerm.Addresses addresses => $"addresses {Sorted(addresses.In.Select(static range => range.ToString()))} without "
            + $"{Sorted(addresses.Except.Select(static range => range.ToString()))} pods {addresses.OfPods} nodes {addresses.OfNodes}",
        EndpointTerm.AllOf all => $"all {Sorted(all.Parts.Select(Of))}",
        EndpointTerm.AnyOf any => $"any {Sorted(any.Parts.Select(Of))}",
        EndpointTerm.Not not => $"not {Of(not.Part)}",
        EndpointTerm.SomeOf some => $"some of {Of(some.Within)}: {some.What}",
        _ => term.ToString()!,
    };

    private static string Of(LabelPredicate predicate) => predicate switch
    {
        LabelPredicate.Label label => $"{label.Owner} {label.Key} {label.Test} {Sorted(label.Values)}",
        LabelPredicate.AllOf all => $"all {Sorted(all.Parts.Select(Of))}",
        LabelPredicate.AnyOf any => $"any {Sorted(any.Parts.Select(Of))}",
        LabelPredicate.Not not => $"not {Of(not.Part)}",
        _ => predicate.ToString()!,
    };

    internal static string Of(PortTerm term) => term switch
    {
        PortTerm.AllOf all => $"all {Sorted(all.Parts.Select(Of))}",
        PortTerm.AnyOf any => $"any {Sorted(any.Parts.Select(Of))}",
        PortTerm.Not not => $"not {Of(not.Part)}",
        _ => term.ToString()!,
    };

    private static string Sorted(IEnumerable<string> parts) => $"[{string.Join("; ", parts.Distinct().Order(StringComparer.Ordinal))}]";
}
