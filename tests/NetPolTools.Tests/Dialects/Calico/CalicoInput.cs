using System.Text;
using NetPolTools.Diagnostics;
using NetPolTools.Dialects.Calico;
using NetPolTools.Reading;
using NetPolTools.Reading.Kinds;
using NetPolTools.Snapshot;
using NetPolTools.Writing;
using NetPolTools.Yaml;

namespace NetPolTools.Tests.Dialects.Calico;

/// <summary>What is read of manifests with objects of Calico.</summary>
internal sealed class CalicoInput
{
    private static readonly ObjectKinds Kinds = new(
        [.. KubernetesKinds.Kinds, .. CalicoDialect.Instance.Kinds], KubernetesKinds.Traces, new UnevaluatedKinds());

    private CalicoInput(ClusterSnapshot snapshot) => Snapshot = snapshot;

    public ClusterSnapshot Snapshot { get; }

    public IEnumerable<CalicoObject> Objects => Snapshot.PolicyObjects.OfType<CalicoObject>();

    public IEnumerable<Diagnostic> Errors => Snapshot.Diagnostics.Where(static diagnostic => diagnostic.Severity == DiagnosticSeverity.Error);

    public IEnumerable<Diagnostic> Warnings => Snapshot.Diagnostics.Where(static diagnostic => diagnostic.Severity == DiagnosticSeverity.Warning);

    public static CalicoInput Of(string manifests)
    {
        var builder = new ClusterSnapshotBuilder();
        var options = new ManifestReaderOptions(static (text, file) => new YamlTokenReader(text, file));
        new ManifestReader(builder, Kinds, options).Read(new MemoryStream(Encoding.UTF8.GetBytes(manifests)), "input");
        return new CalicoInput(builder.Build());
    }

    /// <summary>What is read of the manifest that an object is written as.</summary>
    public static CalicoObject WrittenAndRead(CalicoObject given)
    {
        var read = Of(ManifestText.Json.Of(CalicoManifest.Of(given)));
        Assert.Empty(read.Errors);
        return Assert.Single(read.Objects);
    }
}
