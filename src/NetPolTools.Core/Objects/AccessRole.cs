namespace NetPolTools.Objects;

/// <summary>A Role or ClusterRole (rbac.authorization.k8s.io/v1): what somebody who has it may do, as far as it matters for labels and pods.</summary>
/// <param name="RoleKind"><see cref="OfNamespace"/> or <see cref="OfCluster"/>.</param>
public sealed record AccessRole(string RoleKind, ObjectMetadata Metadata) : KubernetesObject(Metadata)
{
    public const string OfNamespace = "Role";
    public const string OfCluster = "ClusterRole";

    public IReadOnlyList<AccessRule> Rules { get; init => field = Indexable.Of(value); } = [];

    /// <summary>A ClusterRole that has the rules of all ClusterRoles which any of these selects; none for one with rules of its own.</summary>
    public IReadOnlyList<LabelSelector> Aggregated { get; init => field = Indexable.Of(value); } = [];

    public override string Kind => RoleKind;
}

/// <summary>A rule of a role. A star stands for all.</summary>
/// <param name="ApiGroups">Empty text for the core group.</param>
/// <param name="Resources">In the plural; with <c>/subresource</c> behind it.</param>
/// <param name="Verbs">create, patch and so on.</param>
/// <param name="ResourceNames">Only the objects of these names; empty for all.</param>
public sealed record AccessRule(
    IReadOnlyList<string> ApiGroups, IReadOnlyList<string> Resources, IReadOnlyList<string> Verbs, IReadOnlyList<string> ResourceNames);

/// <summary>A RoleBinding or ClusterRoleBinding (rbac.authorization.k8s.io/v1): who has a role.</summary>
/// <param name="BindingKind"><see cref="OfNamespace"/> or <see cref="OfCluster"/>.</param>
public sealed record AccessBinding(string BindingKind, ObjectMetadata Metadata) : KubernetesObject(Metadata)
{
    public const string OfNamespace = "RoleBinding";
    public const string OfCluster = "ClusterRoleBinding";

    /// <summary>The kind of the role.</summary>
    public string Role { get; init; } = "";

    public string RoleName { get; init; } = "";

    public IReadOnlyList<AccessSubject> Subjects { get; init => field = Indexable.Of(value); } = [];

    public override string Kind => BindingKind;
}

/// <summary>Somebody who has a role.</summary>
/// <param name="Kind">User, Group or ServiceAccount.</param>
/// <param name="Namespace">Of a service account; null for others.</param>
public sealed record AccessSubject(string Kind, string? Namespace, string Name)
{
    /// <summary><c>ServiceAccount ci/deployer</c>.</summary>
    public override string ToString() => Namespace is null ? $"{Kind} {Name}" : $"{Kind} {Namespace}/{Name}";
}
