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
    private readonly Dictionary<NewPod, int> _pods = [];
    private readonly Dictionary<(string Namespace, string Name), ServiceAccount> _accounts = [];
    private readonly Dictionary<LabelSet, int> _accountLabels = [];

    /// <summary>How many pods.</summary>
    public int Count => _pods.Count;

    /// <summary>A number for the labels of service accounts, one for each set of labels.</summary>
    public int NumberOf(LabelSet labels)
    {
        if (!_accountLabels.TryGetValue(labels, out var number))
            _accountLabels.Add(labels, number = _accountLabels.Count);
        return number;
    }

    /// <summary>A service account to come.</summary>
    public void Account(string ns, string name, LabelSet labels) => _accounts.TryAdd(
        (ns, name), new ServiceAccount(new ObjectMetadata { Name = name, Namespace = ns, Labels = labels }));

    /// <summary>Adds a pod to come, where it is not among them yet.</summary>
    /// <returns>Its position among them.</returns>
    public int Add(NewPod pod)
    {
        if (_pods.TryGetValue(pod, out var position))
            return position;
        _pods.Add(pod, position = _pods.Count);
        if (pod.IsInNewNamespace)
            _namespaces.TryAdd(pod.NamespaceName, pod.ToNamespace());
        return position;
    }

    /// <summary>The numbers of the pods in a cluster that they were added to, by their positions.</summary>
    public int[] NumbersIn(EndpointTable endpoints)
    {
        var numbers = new Dictionary<(string, string), int>();
        for (var pod = 0; pod < endpoints.SelectableCount; pod++)
        {
            if (IsOne(endpoints[pod]))
                numbers.Add((endpoints[pod].Namespace, endpoints[pod].PodName!), pod);
        }

        return [.. _pods.OrderBy(static pod => pod.Value).Select(pod => numbers[(pod.Key.NamespaceName, pod.Key.PodName)])];
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
            [.. _pods.Keys.Select(static pod => pod.ToPod(Spec))],
            [.. _accounts.Values]);
    }
}
