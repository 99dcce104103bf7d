using NetPolTools.Cluster.Tests.Support;
using NetPolTools.Tests.Support;
using Given = NetPolTools.Tests.Support.Cluster;

namespace NetPolTools.Cluster.Tests;

/// <summary>What stands in a cluster gives the answer that the files gave.</summary>
[Collection(LiveClusterTests.Name)]
public sealed class ReadBackTests(LiveCluster live)
{
    [ClusterTheory]
    [InlineData("shop", "three-tier/application.yaml", "three-tier/policies.yaml")]
    [InlineData("default", "examples/three-tier-application/backend.yaml", "examples/three-tier-application/database.yaml",
        "examples/three-tier-application/policy.yaml")]
    public void A_three_tier_application_and_its_policies_answer_from_the_cluster_as_from_the_files(string ns, params string[] files)
    {
        using var own = new TestNamespace();
        var manifests = ("---\n" + string.Join("\n---\n", files.Select(static file => File.ReadAllText(Repository.Manifests(file.Split('/'))))))
            .Replace($"namespace: {ns}", $"namespace: {own.Name}", StringComparison.Ordinal)
            .Replace($"name: {ns}\n", $"name: {own.Name}\n", StringComparison.Ordinal);
        own.Apply(manifests);

        var fromFiles = Given.Of(manifests, defaultNamespace: own.Name);
        var fromCluster = Given.Of(own.Read());
        Assert.Empty(fromCluster.Errors);
        Assert.NotEmpty(Lines(fromFiles));
        Assert.Equal(Lines(fromFiles), Lines(fromCluster));
    }

    [ClusterFact]
    public void Labels_changed_live_change_the_answer()
    {
        using var own = new TestNamespace();
        foreach (var file in new[] { "server.yaml", "client.yaml", "policy.yaml" })
            own.Apply(File.ReadAllText(Repository.Example("secure-pod", file)));
        Assert.Equal("None", Ports());

        Kubectl.Run("label", "pod", "client", "allow-access=true", "-n", own.Name);
        Assert.Equal("TCP 80", Ports());

        Kubectl.Run("label", "pod", "client", "allow-access-", "-n", own.Name);
        Assert.Equal("None", Ports());

        string Ports() => Given.Of(own.Read()).Ports("client", "server");
    }

    [ClusterFact]
    public void A_namespace_is_found_by_its_name_label_whether_or_not_the_server_sets_it()
    {
        using var own = new TestNamespace();
        var read = own.Read();
        Assert.Equal(live.LabelsNamespacesByName, read.Contains("\"kubernetes.io/metadata.name\"", StringComparison.Ordinal));

        own.Apply($$"""
            ---
            {apiVersion: v1, kind: Pod, metadata: {name: web}, spec: {containers: [{name: web, image: web}] } }
            ---
            {apiVersion: v1, kind: Pod, metadata: {name: client}, spec: {containers: [{name: client, image: client}] } }
            ---
            apiVersion: networking.k8s.io/v1
            kind: NetworkPolicy
            metadata: {name: policy}
            spec:
              podSelector: {}
              ingress:
              - from:
                - namespaceSelector:
                    matchLabels: {kubernetes.io/metadata.name: {{own.Name}} }
            """);
        var cluster = Given.Of(own.Read());
        Assert.Equal("All", cluster.Ports("client", "web"));
        Assert.Equal("None", cluster.Ports("192.0.2.1", "web"));
    }

    private static IEnumerable<string> Lines(Given cluster) =>
        cluster.List().Select(static line => $"{line.Source} -> {line.Destination} {line.Ports}").Order(StringComparer.Ordinal);
}
