using System.Text.Json;
using NetPolTools.Listing;
using NetPolTools.Objects;
using NetPolTools.Reachability;
using NetPolTools.Snapshot;
using NetPolTools.Tests.Support;

namespace NetPolTools.Tests.Corpus;

/// <summary>Cases of np-guard/netpol-analyzer: manifests, and the connections that it lists or the reason why it refuses them.</summary>
/// <param name="part">The folder of the cases.</param>
internal sealed class AnalyzerCases(string part)
{
    public IEnumerable<string> Answered => CorpusFolder.Cases(part).Where(HasAnswer);

    public IEnumerable<string> Rejected => CorpusFolder.Cases(part).Where(name => !HasAnswer(name));

    public bool HasAnswer(string name) => File.Exists(ExpectedPath(name));

    public ClusterSnapshot Read(string name)
    {
        var builder = new ClusterSnapshotBuilder();
        Cluster.Reader(builder, "default").ReadPath(CorpusFolder.PathOf(part, name, "input"));
        return builder.Build();
    }

    /// <summary>A line for each pair of ends and run of addresses that the two answers do not have in common.</summary>
    public List<string> Differences(string name)
    {
        using var expected = JsonDocument.Parse(File.ReadAllText(ExpectedPath(name)));
        var snapshot = Read(name);
        var deployments = snapshot.Workloads
            .Where(static workload => workload.Kind == "Deployment")
            .Select(static workload => $"{workload.Metadata.Namespace}/{workload.Name}")
            .Concat(snapshot.Pods.Select(DeploymentOf).OfType<string>())
            .ToHashSet();
        var theirs = AnsweredConnections.Of(expected.RootElement.EnumerateArray()
            .Select(line => (Source: OwnerOf(Text(line, "src"), deployments), Destination: OwnerOf(Text(line, "dst"), deployments), Ports: Text(line, "conn")))
            .Distinct());

        return [.. AnsweredConnections.Of(Lines(snapshot)).DifferencesTo(theirs)];
    }

    /// <summary>The pairs of ends of which we say that something of them cannot be told, as <see cref="Differences"/> begins its lines.</summary>
    public IReadOnlyList<string> Undetermined(string name) =>
        [.. Lines(Read(name)).Where(static line => line.Verdict == Verdict.Undetermined).Select(static line => $"{line.Source} -> {line.Destination}:")];

    /// <summary>An ipBlock never matches a pod there, also when the pod's address is known.</summary>
    private static IEnumerable<Connection> Lines(ClusterSnapshot snapshot) => new ConnectionLister(
        ReachabilityMap.Compile(AsPodsOfTheirOwnNetwork(snapshot), new ReachabilityOptions { IPBlockMatchesPods = false }), new ConnectionQuery()).List();

    /// <summary>The Deployment that made a pod's ReplicaSet, going by the hash that it gave both.</summary>
    private static string? DeploymentOf(Pod pod) => pod.Metadata.Controller is { Kind: "ReplicaSet" } replicaSet
        && pod.Metadata.Labels.TryGet("pod-template-hash", out var hash) && replicaSet.Name.EndsWith("-" + hash, StringComparison.Ordinal)
            ? $"{pod.Metadata.Namespace}/{replicaSet.Name[..^(hash.Length + 1)]}"
            : null;

    /// <summary>
    /// Where the input has pods of a Deployment but not the ReplicaSet between them, the analyser lists the ReplicaSet, beside the Deployment if that is
    /// there; for us they are one workload.
    /// </summary>
    private static string OwnerOf(string end, HashSet<string> deployments)
    {
        var dash = end.LastIndexOf('-');
        return end.EndsWith("[ReplicaSet]", StringComparison.Ordinal) && dash > 0 && deployments.Contains(end[..dash]) ? end[..dash] + "[Deployment]" : end;
    }

    private static string Text(JsonElement line, string property) => line.GetProperty(property).GetString()!;

    /// <summary>The analyser sees no difference in hostNetwork and in finished pods.</summary>
    private static ClusterSnapshot AsPodsOfTheirOwnNetwork(ClusterSnapshot snapshot)
    {
        var builder = new ClusterSnapshotBuilder();
        foreach (var pod in snapshot.Pods)
            builder.Add(pod with { Phase = null, Spec = pod.Spec with { HostNetwork = false } });
        foreach (var workload in snapshot.Workloads)
            builder.Add(workload with { Template = workload.Template with { HostNetwork = false } });
        foreach (var other in snapshot.Objects().Where(static found => found is Namespace or NetworkPolicy or PolicyObject or Service or Entrance))
            builder.Add(other);
        return builder.Build();
    }

    private string ExpectedPath(string name) => CorpusFolder.PathOf(part, name, "expected.json");
}
