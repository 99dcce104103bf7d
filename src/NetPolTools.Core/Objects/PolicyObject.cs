namespace NetPolTools.Objects;

/// <summary>
/// An object of a policy API beside NetworkPolicy: a policy, or something that policies refer to, such as a tier or a named set of addresses.
/// </summary>
public abstract record PolicyObject(ObjectMetadata Metadata) : KubernetesObject(Metadata);
