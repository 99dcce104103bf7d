using NetPolTools.Objects;
using NetPolTools.Policies;

namespace NetPolTools.Dialects.AdminTiers;

/// <summary>
/// A policy of the admin tiers of SIG Network (group policy.networking.k8s.io) as written: AdminNetworkPolicy and BaselineAdminNetworkPolicy (v1alpha1),
/// ClusterNetworkPolicy (v1alpha2; v1beta1 is read the same). Absent and null are one thing to these APIs; absent and empty are not.
/// </summary>
public sealed record AdminPolicy(AdminPolicyKind PolicyKind, ObjectMetadata Metadata) : PolicyObject(Metadata), IDialectObject
{
    /// <summary>What its kind may have; the name is in <see cref="Kind"/>.</summary>
    internal AdminPolicyKind PolicyKind { get; } = PolicyKind;

    /// <summary>ClusterNetworkPolicy: <c>Admin</c> or <c>Baseline</c>. The other kinds are for one tier each, and have no such field.</summary>
    public string? Tier { get; internal init; }

    /// <summary>0-1000, lower first; BaselineAdminNetworkPolicy has none.</summary>
    public int? Priority { get; internal init; }

    public AdminSubject? Subject { get; internal init; }

    public IReadOnlyList<AdminRule>? Ingress { get; internal init => field = Indexable.Of(value); }

    public IReadOnlyList<AdminRule>? Egress { get; internal init => field = Indexable.Of(value); }

    public override string Kind => PolicyKind.Name;

    PolicyDialect IDialectObject.Dialect => AdminTierDialect.Instance;

    /// <summary>Whether it stands below the NetworkPolicies.</summary>
    public bool IsBaseline => PolicyKind.Tier == AdminPolicyKind.BaselineTier || Tier == AdminPolicyKind.BaselineTier;

    /// <summary>The rules of a direction; none where the field is absent.</summary>
    public IReadOnlyList<AdminRule> Rules(PolicyDirection direction) => (direction == PolicyDirection.Ingress ? Ingress : Egress) ?? [];
}

/// <summary>The pods that a policy is about: whole namespaces, or pods of namespaces. One of the two.</summary>
public sealed record AdminSubject
{
    public LabelSelector? Namespaces { get; internal init; }

    public AdminPods? Pods { get; internal init; }

    /// <summary>In words.</summary>
    public override string ToString() => AdminTranslator.Subjects(this).ToString();
}

/// <summary>Pods of some namespaces. In v1alpha2 an absent namespace selector means every namespace.</summary>
public sealed record AdminPods(LabelSelector? NamespaceSelector, LabelSelector? PodSelector)
{
    public LabelSelector? NamespaceSelector { get; } = NamespaceSelector;

    public LabelSelector? PodSelector { get; } = PodSelector;

    /// <summary>In words.</summary>
    public override string ToString() => new AdminSubject { Pods = this }.ToString();
}

/// <summary>An item of <c>ingress</c> or <c>egress</c>.</summary>
public sealed record AdminRule
{
    public string? Name { get; internal init; }

    /// <summary>As written: Allow, Deny, Pass in v1alpha1, Accept, Deny, Pass in v1alpha2.</summary>
    public string? Action { get; internal init; }

    /// <summary><c>from</c> or <c>to</c>.</summary>
    public IReadOnlyList<AdminPeer>? Peers { get; internal init => field = Indexable.Of(value); }

    /// <summary><c>ports</c> in v1alpha1, <c>protocols</c> in v1alpha2. Absent and empty mean all traffic.</summary>
    public IReadOnlyList<AdminPort>? Ports { get; internal init => field = Indexable.Of(value); }

    public Text.SourceLocation Location { get; internal init; }

    /// <summary>In words.</summary>
    public override string ToString() => AdminPolicyText.Rule(this);
}

/// <summary>A peer: exactly one of its members. Ingress peers are pods alone.</summary>
public sealed record AdminPeer
{
    public LabelSelector? Namespaces { get; internal init; }

    public AdminPods? Pods { get; internal init; }

    public LabelSelector? Nodes { get; internal init; }

    /// <summary>CIDR blocks as written.</summary>
    public IReadOnlyList<string>? Networks { get; internal init => field = Indexable.Of(value); }

    /// <summary>Exact names, or <c>*.</c> and a domain.</summary>
    public IReadOnlyList<string>? DomainNames { get; internal init => field = Indexable.Of(value); }

    /// <summary>A member that no version known to us has; null for none.</summary>
    public string? Unknown { get; internal init; }

    /// <summary>The names of the members it has, but for an unknown one.</summary>
    internal IEnumerable<string> Members()
    {
        if (Namespaces is not null)
            yield return "namespaces";
        if (Pods is not null)
            yield return "pods";
        if (Nodes is not null)
            yield return "nodes";
        if (Networks is not null)
            yield return "networks";
        if (DomainNames is not null)
            yield return "domainNames";
    }

    /// <summary>Whether it says nothing that we understand: such peers fail closed.</summary>
    internal bool IsUnknown => !Members().Any();

    /// <summary>Whether what it means has no port names.</summary>
    internal bool HasNoPortNames => Nodes is not null || Networks is not null || DomainNames is not null;

    /// <summary>In words.</summary>
    public override string ToString() => AdminPolicyText.Peer(this);
}
