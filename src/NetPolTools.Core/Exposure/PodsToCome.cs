using NetPolTools.Listing;
using NetPolTools.Objects;
using NetPolTools.Reachability;
using NetPolTools.Snapshot;

namespace NetPolTools.Exposure;

/// <summary>The namespaces, service accounts and pods that somebody could create, each once, to be added to a cluster. Not thread safe.</summary>
internal sealed class PodsToCome
{
    private static readonly PodSpec Spec = new() { NamesAnyPort = true };

    private readonly Dictionary<string, Namespace> _namespaces = [];
    private readonly HashSet<NewPod> _pods = [];
    private readonly Dictionary<(string Namespace, string Name), ServiceAccount> _accounts = [];

    /// <summary>How many pods.</summary>
    public int Count => _pods.Count;

    /// <summary>A service account to come.</summary>
    public void Account(string ns, string name, LabelSet labels) => _accounts.TryAdd(
        (ns, name), new ServiceAccount(new ObjectMetadata { Name = name, Namespace = ns, Labels = labels }));

    /// <summary>A pod to come.</summary>
    public void Add(NewPod pod)
    {
        if (_pods.Add(pod) && pod.IsInNewNamespace)
            _namespaces.TryAdd(pod.NamespaceName, pod.ToNamespace());
    }

    /// <summary>Whether an endpoint is a pod to come.</summary>
    public static bool IsOne(Endpoint endpoint) => endpoint.Spec.NamesAnyPort;

    /// <summary>A cluster with all of them. What it has by the same name stays as it is.</summary>
    /// <param name="snapshot">The cluster.</param>
    /// <param name="others">Namespaces of another cluster that it is compared with; those that it lacks are created with their labels.</param>
    public ClusterSnapshot AddTo(ClusterSnapshot snapshot, IEnumerable<Namespace>? others = null)
    {
        var there = snapshot.Namespaces.Select(static ns => ns.Name).ToHashSet();
        return snapshot.WithToCome(
            [.. _namespaces.Values.Concat(others ?? []).Where(ns => there.Add(ns.Name))],
            [.. _pods.Select(static pod => pod.ToPod(Spec))],
            [.. _accounts.Values]);
    }
}
