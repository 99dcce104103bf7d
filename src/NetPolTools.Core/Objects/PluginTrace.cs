using System.Collections.Immutable;

namespace NetPolTools.Objects;

/// <summary>
/// An object that tells something of the network plugin, reduced to what the plugin catalogue asks about: names, labels, images, switches, readiness.
/// </summary>
/// <param name="TraceKind">Node, DaemonSet, Deployment, Pod, ConfigMap, ClusterRole, CustomResourceDefinition, or the kind of a plugin's own object.</param>
public sealed record PluginTrace(string TraceKind, ObjectMetadata Metadata) : KubernetesObject(Metadata)
{
    /// <summary>The last condition NetworkUnavailable of a node: the reason, where its status is False.</summary>
    public const string NetworkAvailableReason = "status.conditions.NetworkUnavailable.reason";

    public const string KubeletVersion = "status.nodeInfo.kubeletVersion";

    /// <summary>The verbs a ClusterRole has on networkpolicies of networking.k8s.io.</summary>
    public const string NetworkPolicyVerbs = "rules.networkpolicies";

    /// <summary>Those that the catalogue knows: annotations of a Node, data of a ConfigMap by key, fields by path.</summary>
    public IReadOnlyDictionary<string, string> Values { get; init; } = new Dictionary<string, string>();

    /// <summary>The keys of <see cref="Values"/> that a question gives and no object of the input has.</summary>
    public IReadOnlySet<string> Given { get; init; } = ImmutableHashSet<string>.Empty;

    /// <summary>Whether the input has no such object, and only the question gives its values.</summary>
    public bool IsOnlyGiven { get; init; }

    public IReadOnlyList<PluginContainer> Containers { get; init; } = [];

    /// <summary>How many pods there should be; null where the input says nothing of it, as a manifest.</summary>
    public int? Desired { get; init; }

    /// <summary>How many pods are ready; null as with <see cref="Desired"/>.</summary>
    public int? Ready { get; init; }

    public override string Kind => TraceKind;
}

/// <summary>A container of a plugin's workload.</summary>
/// <param name="Image">As written, with registry and tag.</param>
/// <param name="Env">Variables that the catalogue knows and that have a literal value.</param>
/// <param name="Arguments">Those of <c>command</c> and <c>args</c> that the catalogue knows.</param>
public sealed record PluginContainer(string Name, string Image, IReadOnlyDictionary<string, string> Env, IReadOnlyList<string> Arguments);
