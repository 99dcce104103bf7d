namespace NetPolTools.Objects;

/// <summary>An object that decides or may decide who can talk to whom, and takes no part in the answer, since its kind is not evaluated.</summary>
/// <param name="ApiVersion">As written: <c>cilium.io/v2</c>.</param>
/// <param name="UnevaluatedKind">As written: <c>CiliumNetworkPolicy</c>.</param>
/// <param name="Role">What it would do to the answer.</param>
public sealed record UnevaluatedObject(string ApiVersion, string UnevaluatedKind, UnevaluatedRole Role, ObjectMetadata Metadata) : KubernetesObject(Metadata)
{
    public override string Kind => UnevaluatedKind;
}

/// <summary>What objects that are not evaluated would do to an answer.</summary>
public enum UnevaluatedRole
{
    /// <summary>It allows, denies or redirects traffic: what NetworkPolicies say may not be what happens.</summary>
    Policy,

    /// <summary>It leads traffic to pods: answers lack what comes in through it.</summary>
    Entrance,

    /// <summary>It stands for pods: answers lack them.</summary>
    Workload,

    /// <summary>A tool makes objects of it, which change or add what answers are about.</summary>
    Generator,
}
