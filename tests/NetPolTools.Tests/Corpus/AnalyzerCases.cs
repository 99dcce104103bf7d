using System.Text.Json;
using NetPolTools.Diagnostics;
using NetPolTools.Listing;
using NetPolTools.Objects;
using NetPolTools.Reachability;
using NetPolTools.Snapshot;
using NetPolTools.Tests.Support;

namespace NetPolTools.Tests.Corpus;

/// <summary>Cases of np-guard/netpol-analyzer: manifests, and the connections that it lists or the reason why it refuses them.</summary>
/// <param name="part">The folder of the cases.</param>
/// <param name="differing">Where we answer otherwise, what we report, and why.</param>
/// <param name="undetermined">Where we say that the input does not tell, and why.</param>
internal sealed class AnalyzerCases(
    string part, IReadOnlyDictionary<string, (DiagnosticId Reported, string Reason)> differing, IReadOnlyDictionary<string, string> undetermined)
{
    /// <summary>Those that we answer as the analyser does.</summary>
    public TheoryData<string> Answered => [.. Alike.Where(HasAnswer)];

    /// <summary>Those that we refuse as the analyser does.</summary>
    public TheoryData<string> Rejected => [.. Alike.Where(name => !HasAnswer(name))];

    public TheoryData<string> AnsweredOtherwise => [.. differing.Keys];

    public TheoryData<string> NotTold => [.. undetermined.Keys];

    private IEnumerable<string> Alike => CorpusFolder.Cases(part).Where(name => !differing.ContainsKey(name) && !undetermined.ContainsKey(name));

    public void AssertAnswered(string name)
    {
        var different = Differences(name);
        Assert.True(different.Count == 0, string.Join("\n", different.Take(20)));
    }

    public void AssertRejected(string name) => Assert.Contains(Read(name).Diagnostics, static found => found.Severity == DiagnosticSeverity.Error);

    public void AssertReported(string name)
    {
        Assert.Contains(Read(name).Diagnostics, found => found.Id == differing[name].Reported);
        if (HasAnswer(name))
            Assert.True(Differences(name).Count > 0, $"The answers agree now; there is no more need to say: {differing[name].Reason}");
    }

    /// <summary>The answers differ only in pairs of ends of which we say that something cannot be told.</summary>
    public void AssertNotTold(string name)
    {
        string[] pairs =
            [.. Lines(Read(name)).Where(static line => line.Verdict == Verdict.Undetermined).Select(static line => $"{line.Source} -> {line.Destination}:")];
        Assert.True(pairs.Length > 0, $"All is determined now; there is no more need to say: {undetermined[name]}");
        if (HasAnswer(name))
            Assert.All(Differences(name), line => Assert.Contains(pairs, pair => line.StartsWith(pair, StringComparison.Ordinal)));
    }

    private bool HasAnswer(string name) => File.Exists(ExpectedPath(name));

    private ClusterSnapshot Read(string name)
    {
        var builder = new ClusterSnapshotBuilder();
        Cluster.Reader(builder, "default").ReadPath(CorpusFolder.PathOf(part, name, "input"));
        return builder.Build();
    }

    /// <summary>A line for each pair of ends and run of addresses that the two answers do not have in common.</summary>
    private List<string> Differences(string name)
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
