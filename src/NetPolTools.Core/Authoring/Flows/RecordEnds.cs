using System.Collections.Immutable;
using NetPolTools.Authoring.Inference;
using NetPolTools.Authoring.Selecting;
using NetPolTools.Listing;
using NetPolTools.Objects;
using NetPolTools.Reachability;
using NetPolTools.Sets;

namespace NetPolTools.Authoring.Flows;

/// <summary>
/// Finds in a cluster what records name. A flow is of one pod and means its workload: policies select by labels, and replicas come and go. A pod that is
/// no longer there is known by its workload's name, in the record or in its own.
/// </summary>
internal sealed class RecordEnds
{
    private static readonly ImmutableArray<string> MakersOfNames = ["Deployment", "CronJob"];

    private readonly EndDirectory _directory;
    private readonly string _defaultNamespace;
    private readonly Dictionary<(string Namespace, string Prefix), int?> _byPrefix = [];
    private readonly LabelIndex _labels;

    public RecordEnds(EndDirectory directory, string defaultNamespace)
    {
        _directory = directory;
        _defaultNamespace = defaultNamespace;
        var endpoints = directory.Endpoints;
        for (var i = 0; i < endpoints.PodCount; i++)
        {
            if (endpoints[i].PodName is not { } pod || endpoints[i].Owner.Kind == Pod.KindName)
                continue;
            var key = (endpoints[i].Namespace, PrefixOf(pod));
            var isNew = _byPrefix.TryAdd(key, i);
            if (!isNew && _byPrefix[key] is { } other && endpoints[other].Owner != endpoints[i].Owner)
                _byPrefix[key] = null;
        }

        _labels = new LabelIndex(endpoints.SelectableCount, i => endpoints[i].Labels);
    }

    /// <summary>An end of one of our own listings; null where the cluster has none of this name.</summary>
    /// <exception cref="FormatException">Its addresses are none.</exception>
    public TrafficEnd? OfConnection(RecordEnd end)
    {
        if (end.Kind == ConnectionEnd.IngressControllerKind)
            return _directory.Find(ConnectionEnd.IngressController);
        if (end.Addresses is { } addresses)
            return _directory.Find(ConnectionEnd.Outside(addresses));
        if (end.Name is not { Length: > 0 } name)
            return null;
        if (end.Kind == "Addresses" || (string.IsNullOrEmpty(end.Kind) && string.IsNullOrEmpty(end.Namespace) && AddressRange.TryParse(name, out _)))
            return _directory.Find(ConnectionEnd.Outside(name));
        if (end.Kind == Namespace.KindName)
            return _directory.Find(ConnectionEnd.InCluster(name, name, Namespace.KindName));

        var ns = end.Namespace is { Length: > 0 } given ? given : _defaultNamespace;
        if (end.Kind is { Length: > 0 } kind)
            return _directory.Find(ConnectionEnd.InCluster(ns, name, kind));
        return _directory.Find(ConnectionEnd.InCluster(ns, name, Pod.KindName))
            ?? (_directory.FirstOfWorkload(ns, name) is { } endpoint ? _directory.WorkloadOf(endpoint) : null);
    }

    /// <summary>The workload or address at an end of a flow that Hubble saw; null where the cluster has none such.</summary>
    public TrafficEnd? OfHubble(RecordEnd end)
    {
        if (end.Namespace is not { Length: > 0 } ns)
            return OfAddress(end.Address);
        var pod = end.Pod is { Length: > 0 } name ? OfPodName(ns, name) : null;
        foreach (var workload in end.Workloads)
            pod ??= _directory.FirstOf(workload.Kind, ns, workload.Name);
        return (pod ?? OfLabels(ns, end.Labels)) is { } endpoint ? _directory.WorkloadOf(endpoint) : null;
    }

    /// <summary>The workload or address at an end of a flow of Calico's; null where the cluster has none such, or the log no address.</summary>
    public TrafficEnd? OfCalico(RecordEnd end)
    {
        if (!IsCalicoPod(end))
            return OfAddress(end.Address);
        foreach (var name in new[] { end.Name, end.AggregatedName })
        {
            if (name is { Length: > 0 } and not "-" && OfPodName(end.Namespace!, name) is { } endpoint)
                return _directory.WorkloadOf(endpoint);
        }

        return null;
    }

    /// <summary>Whether an end is a pod; where the type is left out, as by Whisker, only pods have both a namespace and a name.</summary>
    public static bool IsCalicoPod(RecordEnd end) => end.Type is { Length: > 0 } type
        ? type is "wep" or "WorkloadEndpoint"
        : end.Namespace is { Length: > 0 } and not ("-" or "Global") && end.Name is not (null or "pub" or "pvt" or "PUBLIC NETWORK" or "PRIVATE NETWORK");

    private TrafficEnd? OfAddress(string? text)
    {
        if (text is null || !NetAddress.TryParse(text, out var address))
            return null;
        return _directory.PodAt(address) is { } endpoint ? _directory.WorkloadOf(endpoint) : _directory.Find(ConnectionEnd.Outside(address.ToString()));
    }

    /// <summary>By a pod's name, or <c>web-5d4f9-*</c> for all with such names.</summary>
    private int? OfPodName(string ns, string name)
    {
        if (_directory.FirstOf(Pod.KindName, ns, name) is { } pod)
            return pod;
        var prefix = PrefixOf(name);
        if (prefix.Length == 0)
            return null;
        if (_byPrefix.GetValueOrDefault((ns, prefix)) is { } sibling)
            return sibling;

        // A StatefulSet, a DaemonSet or a Job puts its own name in front; a ReplicaSet's and a CronJob's Job's have their maker's in front.
        var owner = prefix.TrimEnd('-');
        if (_directory.FirstOfWorkload(ns, owner) is { } owned)
            return owned;
        var maker = PrefixOf(owner).TrimEnd('-');
        return MakersOfNames.Select(kind => _directory.FirstOf(kind, ns, maker)).FirstOrDefault(static found => found is not null);
    }

    /// <summary>
    /// By labels as Cilium writes them: not all of the pod's need to be there, and it adds some of its own. Pods of several workloads that have them are no
    /// answer.
    /// </summary>
    private int? OfLabels(string ns, List<string> labels)
    {
        var ofPod = LabelSet.Create(labels
            .Where(static label => label.StartsWith("k8s:", StringComparison.Ordinal) && !label.StartsWith("k8s:io.", StringComparison.Ordinal))
            .Select(static label => label["k8s:".Length..].Split('=', 2))
            .DistinctBy(static parts => parts[0])
            .Select(static parts => KeyValuePair.Create(parts[0], parts.Length > 1 ? parts[1] : "")));
        var (start, end) = _directory.Endpoints.InNamespace(ns);
        int? found = null;
        foreach (var pod in _labels.Select(new LabelSelector { MatchLabels = [.. SelectorLabels.Lasting(ofPod)] }, start, end))
        {
            if (ofPod.Count == 0 || (found is { } other && _directory.Endpoints[other].Owner != _directory.Endpoints[pod].Owner))
                return null;
            found ??= pod;
        }

        return found;
    }

    /// <summary>What a controller put before the last part of a pod's name, with the hyphen.</summary>
    private static string PrefixOf(string pod) => pod[..(pod.LastIndexOf('-') + 1)];
}
