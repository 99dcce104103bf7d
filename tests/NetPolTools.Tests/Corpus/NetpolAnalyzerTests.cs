using System.Text.Json;
using NetPolTools.Diagnostics;
using NetPolTools.Listing;
using NetPolTools.Objects;
using NetPolTools.Reachability;
using NetPolTools.Snapshot;
using NetPolTools.Tests.Support;

namespace NetPolTools.Tests.Corpus;

/// <summary>Cases of np-guard/netpol-analyzer with its answers.</summary>
public sealed class NetpolAnalyzerTests
{
    private const string Part = "netpol";

    private const string RefusedName = "The server refuses the name of its only policy, which has underscores.";

    /// <summary>Where we answer otherwise, what we say about it, and why.</summary>
    private static readonly Dictionary<string, (DiagnosticId Reported, string Reason)> Differing = new()
    {
        ["example_pods_w_same_owner_and_labels_gap_with_good_match_expression"] = (DiagnosticId.InvalidValue, RefusedName),
        ["example_pods_w_same_owner_and_labels_gap_with_policy_selector_not_in_gap"] = (DiagnosticId.InvalidValue, RefusedName),
        ["malformed-pod-example-3"] = (DiagnosticId.NotAnObject, "It passes over a list without a kind; we read what the items say of themselves."),
        ["np_bad_path_test_1"] = (DiagnosticId.DuplicateObject, "It stops at an object that stands there twice; we take the later one."),
    };

    public static TheoryData<string> Answered => [.. Cases(hasAnswer: true).Where(static name => !Differing.ContainsKey(name))];

    public static TheoryData<string> Rejected => [.. Cases(hasAnswer: false).Where(static name => !Differing.ContainsKey(name))];

    public static TheoryData<string> AnsweredOtherwise => [.. Differing.Keys];

    [CorpusTheory]
    [MemberData(nameof(Answered))]
    public void The_same_connections_are_found(string name)
    {
        var different = Differences(name);
        Assert.True(different.Count == 0, string.Join("\n", different.Take(20)));
    }

    [CorpusTheory]
    [MemberData(nameof(Rejected))]
    public void What_the_analyser_refuses_is_an_error(string name) =>
        Assert.Contains(Read(name).Diagnostics, static found => found.Severity == DiagnosticSeverity.Error);

    [CorpusTheory]
    [MemberData(nameof(AnsweredOtherwise))]
    public void What_makes_the_answers_differ_is_reported(string name)
    {
        Assert.Contains(Read(name).Diagnostics, found => found.Id == Differing[name].Reported);
        if (HasAnswer(name))
            Assert.True(Differences(name).Count > 0, $"The answers agree now; there is no more need to say: {Differing[name].Reason}");
    }

    private static List<string> Differences(string name)
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

        // An ipBlock never matches a pod there, also when the pod's address is known.
        var map = ReachabilityMap.Compile(AsPodsOfTheirOwnNetwork(snapshot), new ReachabilityOptions { IPBlockMatchesPods = false });
        return [.. AnsweredConnections.Of(new ConnectionLister(map, new ConnectionQuery()).List()).DifferencesTo(theirs)];
    }

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
        foreach (var other in snapshot.Namespaces.Concat<KubernetesObject>(snapshot.NetworkPolicies).Concat(snapshot.Services).Concat(snapshot.Entrances))
            builder.Add(other);
        return builder.Build();
    }

    private static ClusterSnapshot Read(string name)
    {
        var builder = new ClusterSnapshotBuilder();
        Cluster.Reader(builder, "default").ReadPath(CorpusFolder.PathOf(Part, name, "input"));
        return builder.Build();
    }

    private static IEnumerable<string> Cases(bool hasAnswer) => CorpusFolder.Cases(Part).Where(name => HasAnswer(name) == hasAnswer);

    private static bool HasAnswer(string name) => File.Exists(ExpectedPath(name));

    private static string ExpectedPath(string name) => CorpusFolder.PathOf(Part, name, "expected.json");
}
