using NetPolTools.Dialects.Calico;

namespace NetPolTools.Cluster.Tests.Support;

/// <summary>
/// Definitions of the kinds in which Calico stores its objects, made where the server lacks them, without schemas: what Calico itself would refuse is none of
/// the server's business. They stay, as those of the admin tiers do.
/// </summary>
public sealed class CalicoDefinitions
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(1);

    public CalicoDefinitions()
    {
        if (LiveCluster.WhyMissing is not null || CalicoKind.All.All(IsServed))
            return;
        var made = Kubectl.Try(string.Join("\n---\n", CalicoKind.All.Select(Definition)), "create", "-f", "-");
        var latest = DateTime.UtcNow + Limit;
        while (!CalicoKind.All.All(IsServed))
        {
            Assert.True(DateTime.UtcNow < latest, $"The server does not serve Calico's kinds. {made.Errors}");
            Thread.Sleep(200);
        }
    }

    private static bool IsServed(CalicoKind kind) =>
        Kubectl.Try(null, "get", "--raw", $"/apis/{CalicoKind.StorageGroup}/{CalicoKind.StorageVersion}/{kind.Plural}").ExitCode == 0;

    private static string Definition(CalicoKind kind) => $$"""
        apiVersion: apiextensions.k8s.io/v1
        kind: CustomResourceDefinition
        metadata: {name: {{kind.Plural}}.{{CalicoKind.StorageGroup}}}
        spec:
          group: {{CalicoKind.StorageGroup}}
          scope: {{(kind.IsNamespaced ? "Namespaced" : "Cluster")}}
          names: {kind: {{kind.Name}}, listKind: {{kind.Name}}List, plural: {{kind.Plural}}, singular: {{kind.Name.ToLowerInvariant()}}}
          versions:
          - name: {{CalicoKind.StorageVersion}}
            served: true
            storage: true
            schema: {openAPIV3Schema: {type: object, x-kubernetes-preserve-unknown-fields: true} }
        """;
}
