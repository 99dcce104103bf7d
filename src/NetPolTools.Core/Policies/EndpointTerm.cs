using System.Collections.Immutable;
using NetPolTools.Sets;

namespace NetPolTools.Policies;

/// <summary>
/// A set of endpoints as a policy describes it: the subjects of a policy, or a peer of a rule. Closed: the nested records are all there are.
/// </summary>
public abstract record EndpointTerm
{
    /// <summary>Every endpoint, in and out of the cluster.</summary>
    public static readonly EndpointTerm Everyone = new AllOf([]);

    /// <summary>No endpoint.</summary>
    public static readonly EndpointTerm Nobody = new AnyOf([]);

    private EndpointTerm()
    {
    }

    /// <summary>Pods with an address of their own: hostNetwork pods are never among them.</summary>
    public sealed record Pods(LabelPredicate Which) : EndpointTerm
    {
        public override string ToString() => EndpointTermText.Of(this);
    }

    /// <summary>
    /// Nodes, as the addresses they are known to have and as the hostNetwork pods on them; never the other pods that they run. As a subject: all
    /// traffic of the node itself.
    /// </summary>
    public sealed record Nodes(LabelPredicate Which) : EndpointTerm
    {
        /// <summary>Which nodes count, seen from the pod that the policy is about.</summary>
        public NodeScope Scope { get; init; }

        public override string ToString() => EndpointTermText.Of(this);
    }

    /// <summary>
    /// Addresses in any of <paramref name="In"/> and in none of <paramref name="Except"/>. Who is known to own such an address is among them or not as
    /// <paramref name="OfPods"/> and <see cref="OfNodes"/> say.
    /// </summary>
    /// <param name="In">Of both families; none means no address.</param>
    /// <param name="Except">Taken out.</param>
    /// <param name="OfPods">Whether pods with such an address are meant.</param>
    public sealed record Addresses(ImmutableArray<AddressRange> In, ImmutableArray<AddressRange> Except, PodMatch OfPods) : EndpointTerm
    {
        /// <summary>Whether nodes, and hostNetwork pods, with such an address are meant.</summary>
        public bool OfNodes { get; init; } = true;

        public override string ToString() => EndpointTermText.Of(this);
    }

    /// <summary>
    /// Endpoints that speak this family: a rule for packets of one family. A pod with addresses of both families matches a rule for one of them only
    /// for a part of its traffic, so whether the rule matches it cannot be told; a pod whose addresses are not known is taken for one with IPv4.
    /// </summary>
    public sealed record OfFamily(AddressFamilyKind Family) : EndpointTerm
    {
        public override string ToString() => EndpointTermText.Of(this);
    }

    /// <summary>
    /// An end of which nothing is known but the name that an API has for it, such as an entity of Cilium without an address of its own.
    /// </summary>
    public sealed record Named(string Name) : EndpointTerm
    {
        public override string ToString() => EndpointTermText.Of(this);
    }

    /// <summary>In every part; without parts everyone.</summary>
    public sealed record AllOf(ImmutableArray<EndpointTerm> Parts) : EndpointTerm
    {
        public override string ToString() => EndpointTermText.Of(this);
    }

    /// <summary>In some part; without parts nobody.</summary>
    public sealed record AnyOf(ImmutableArray<EndpointTerm> Parts) : EndpointTerm
    {
        public override string ToString() => EndpointTermText.Of(this);
    }

    /// <summary>Every endpoint that is not in the part.</summary>
    public sealed record Not(EndpointTerm Part) : EndpointTerm
    {
        public override string ToString() => EndpointTermText.Of(this);
    }

    /// <summary>
    /// Some of these endpoints, and the input does not tell which: the addresses behind a domain name, or those of an API server that nothing names.
    /// Answers that depend on it are undetermined.
    /// </summary>
    /// <param name="Within">Nobody outside of this is meant.</param>
    /// <param name="What">What would have to be known, as a noun: <c>the addresses of example.com</c>.</param>
    public sealed record SomeOf(EndpointTerm Within, string What) : EndpointTerm
    {
        public override string ToString() => EndpointTermText.Of(this);
    }
}
