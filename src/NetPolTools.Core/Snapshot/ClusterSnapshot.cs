using NetPolTools.Objects;
using NetPolTools.Reading;

namespace NetPolTools.Snapshot;

/// <summary>
/// A cluster as one input describes it: every object once, every namespace that anything mentions. Immutable, to be shared between threads.
/// </summary>
public sealed class ClusterSnapshot
{
    internal ClusterSnapshot(
        IReadOnlyList<Namespace> namespaces,
        IReadOnlyList<Node> nodes,
        IReadOnlyList<Workload> workloads,
        IReadOnlyList<Pod> pods,
        IReadOnlyList<NetworkPolicy> networkPolicies,
        IReadOnlyDictionary<string, int> skippedKinds,
        IReadOnlyList<Diagnostic> diagnostics)
    {
        Namespaces = namespaces;
        Nodes = nodes;
        Workloads = workloads;
        Pods = pods;
        NetworkPolicies = networkPolicies;
        SkippedKinds = skippedKinds;
        Diagnostics = diagnostics;
    }

    /// <summary>By name. Each carries the label <see cref="Namespace.NameLabel"/>, also one that only a pod or policy mentions.</summary>
    public IReadOnlyList<Namespace> Namespaces { get; }

    public IReadOnlyList<Node> Nodes { get; }

    public IReadOnlyList<Workload> Workloads { get; }

    /// <summary>All of them, also finished ones.</summary>
    public IReadOnlyList<Pod> Pods { get; }

    /// <summary>Those that the API server would accept.</summary>
    public IReadOnlyList<NetworkPolicy> NetworkPolicies { get; }

    public IReadOnlyList<Service> Services { get; internal init; } = [];

    /// <summary>What Services without a selector lead to.</summary>
    public IReadOnlyList<ServiceEndpoints> ServiceEndpoints { get; internal init; } = [];

    /// <summary>Ingresses and routes.</summary>
    public IReadOnlyList<Entrance> Entrances { get; internal init; } = [];

    /// <summary>What tells of the network plugin.</summary>
    public IReadOnlyList<PluginTrace> PluginTraces { get; internal init; } = [];

    /// <summary>How many objects were passed over, per kind, since their kind says nothing about traffic.</summary>
    public IReadOnlyDictionary<string, int> SkippedKinds { get; }

    /// <summary>Whether there is anyone to ask about: a pod, a workload or a policy.</summary>
    public bool HoldsAnything => Pods.Count > 0 || Workloads.Count > 0 || NetworkPolicies.Count > 0;

    /// <summary>What the reading found wrong or worth knowing, in the order of the input.</summary>
    public IReadOnlyList<Diagnostic> Diagnostics { get; }
}
