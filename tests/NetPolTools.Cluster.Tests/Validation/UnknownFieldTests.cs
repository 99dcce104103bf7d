using NetPolTools.Cluster.Tests.Support;
using NetPolTools.Diagnostics;
using Given = NetPolTools.Tests.Support.Cluster;

namespace NetPolTools.Cluster.Tests.Validation;

/// <summary>Fields that a NetworkPolicy does not have. Old servers drop them, so it is kubectl that is asked here: it refuses them everywhere.</summary>
[Collection(LiveClusterTests.Name)]
public sealed class UnknownFieldTests
{
    [ClusterTheory]
    [InlineData("role", "podSelector: {role: db}")]
    [InlineData("matchlabels", "podSelector: {matchlabels: {app: web}}")]
    [InlineData("from", "podSelector: {}\nfrom: [{podSelector: {}}]")]
    [InlineData("to", "podSelector: {}\ningress: [{to: [{podSelector: {}}]}]")]
    [InlineData("port", "podSelector: {}\ningress: [{from: [], port: 80}]")]
    [InlineData("app", "podSelector: {}\negress: [{to: [{podSelector: {app: web}}]}]")]
    [InlineData("cidrs", "podSelector: {}\negress: [{to: [{ipBlock: {cidr: 10.0.0.0/8, cidrs: []}}]}]")]
    [InlineData("value", "podSelector: {matchExpressions: [{key: app, operator: In, values: [web], value: web}]}")]
    public void An_unknown_field_is_refused_by_kubectl_as_by_us(string field, string spec)
    {
        using var own = new TestNamespace();
        var manifest = $"""
            apiVersion: networking.k8s.io/v1
            kind: NetworkPolicy
            metadata:
              name: policy
              namespace: {own.Name}
            spec:
              {spec.Replace("\n", "\n  ", StringComparison.Ordinal)}
            """;
        var error = Assert.Single(Given.Of(manifest).Errors);
        Assert.Equal(DiagnosticId.UnknownField, error.Id);
        Assert.Equal(field, error.FieldPath!.Split('.')[^1]);

        var kubectl = Kubectl.Try(manifest, "create", "--dry-run=server", "-f", "-");
        Assert.NotEqual(0, kubectl.ExitCode);
        Assert.Matches($"unknown field \"(.*\\.)?{field}\"", kubectl.Errors);
    }
}
