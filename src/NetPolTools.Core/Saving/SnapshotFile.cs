using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using NetPolTools.Objects;
using NetPolTools.Policies;
using NetPolTools.Reading;
using NetPolTools.Snapshot;
using NetPolTools.Writing;
using static NetPolTools.Writing.ManifestParts;

namespace NetPolTools.Saving;

/// <summary>
/// A cluster as one file: a List of the Kubernetes objects that matter to answers, in JSON, each with the fields that were read of it and
/// no others. The
/// annotations of the list say when and where it was read, see <see cref="SnapshotOrigin"/>. What reads manifests reads it, and gives the
/// same answers.
/// </summary>
public static class SnapshotFile
{
    private static readonly JsonWriterOptions Compact = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private static readonly JsonWriterOptions Indented = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, Indented = true };

    /// <summary>The first object that was not read whole enough to be written again; null where there is none.</summary>
    public static PolicyObject? NotWritable(ClusterSnapshot snapshot) => snapshot.PolicyObjects.FirstOrDefault(static policy => ManifestOf(policy) is null);

    /// <summary>
    /// Writes UTF-8 without a byte order mark. Each object stands on a line of its own, for programs that compare lines; policies stand on
    /// many, so that
    /// the place of a rule is a line.
    /// </summary>
    /// <param name="snapshot">What to write; <see cref="NotWritable"/> has been asked about it.</param>
    /// <param name="origin">When and where it was read. What was found and passed over the snapshot itself knows.</param>
    /// <param name="output">Takes the text, and stays open.</param>
    /// <param name="cancellation">Looked at before each object.</param>
    public static void Write(ClusterSnapshot snapshot, SnapshotOrigin origin, Stream output, CancellationToken cancellation = default)
    {
        origin = origin with { Diagnostics = [.. snapshot.ReadingDiagnostics, .. snapshot.UntoldDuplicates], PassedOver = snapshot.SkippedKinds };
        var head = Map(
            ("apiVersion", ManifestScalar.Of("v1")),
            ("kind", ManifestScalar.Of("List")),
            ("metadata", Map(("annotations", Labels(origin.ToAnnotations())))));
        using var buffer = new MemoryStream();
        WriteNode(buffer, head, Compact);

        // The items stand behind what the list says of itself, so that whoever reads it knows that first.
        output.Write(buffer.GetBuffer().AsSpan(0, (int)buffer.Length - 1));
        output.Write(",\"items\":["u8);
        var separator = "\n";
        foreach (var (manifest, isPolicy) in Items(snapshot))
        {
            cancellation.ThrowIfCancellationRequested();
            buffer.SetLength(0);
            WriteNode(buffer, manifest, isPolicy ? Indented : Compact);
            output.Write(Encoding.UTF8.GetBytes(separator));
            output.Write(buffer.GetBuffer().AsSpan(0, (int)buffer.Length));
            separator = ",\n";
        }

        output.Write("\n]}\n"u8);
    }

    private static void WriteNode(Stream output, ManifestNode node, JsonWriterOptions options)
    {
        using var json = new Utf8JsonWriter(output, options);
        JsonManifestWriter.Write(json, node);
    }

    /// <summary>
    /// In the order of the snapshot, kind by kind. What identifies the plugin is written with the object that it was read from.
    /// </summary>
    private static IEnumerable<(ManifestMap Manifest, bool IsPolicy)> Items(ClusterSnapshot snapshot)
    {
        var traces = new Dictionary<ObjectReference, PluginTrace>();
        foreach (var trace in snapshot.PluginTraces.Where(static trace => IsPartOfAnother(trace)))
            traces[trace.Reference] = trace;
        foreach (var ns in snapshot.Namespaces.Where(static ns => !ns.IsOnlyMentioned))
            yield return (SavedObjects.Of(ns), false);
        foreach (var node in snapshot.Nodes)
            yield return (SavedObjects.Of(node, traces.GetValueOrDefault(node.Reference)), false);
        foreach (var workload in snapshot.Workloads)
            yield return (SavedWorkloads.Of(workload, traces.GetValueOrDefault(workload.Reference)), false);
        foreach (var pod in snapshot.Pods)
            yield return (SavedWorkloads.Of(pod, traces.GetValueOrDefault(pod.Reference)), false);
        foreach (var policy in snapshot.NetworkPolicies)
            yield return (NetworkPolicyManifest.Of(policy), true);
        foreach (var policy in snapshot.PolicyObjects)
            yield return (ManifestOf(policy) ?? throw new InvalidOperationException($"{policy.Reference} was not read whole."), true);
        foreach (var account in snapshot.ServiceAccounts)
            yield return (SavedObjects.Of(account), false);
        foreach (var service in snapshot.Services)
            yield return (SavedServices.Of(service), false);
        foreach (var endpoints in snapshot.ServiceEndpoints)
            yield return (SavedServices.Of(endpoints), false);
        foreach (var entrance in snapshot.Entrances)
            yield return (SavedServices.Of(entrance), false);
        foreach (var callback in snapshot.ApiServerCallbacks)
            yield return (SavedCallers.Of(callback), false);
        foreach (var monitor in snapshot.Monitors)
            yield return (SavedCallers.Of(monitor), false);
        foreach (var role in snapshot.Roles)
            yield return (SavedAccess.Of(role), false);
        foreach (var binding in snapshot.RoleBindings)
            yield return (SavedAccess.Of(binding), false);
        foreach (var trace in snapshot.PluginTraces.Where(static trace => !IsPartOfAnother(trace)))
            yield return (SavedObjects.Of(trace), false);
        foreach (var found in snapshot.UnevaluatedObjects)
            yield return (SavedObjects.Of(found), false);
    }

    private static bool IsPartOfAnother(PluginTrace trace) =>
        trace.Kind is Node.KindName or Pod.KindName or AccessRole.OfCluster or "DaemonSet" or "Deployment";

    private static ManifestMap? ManifestOf(PolicyObject policy) => (policy as IDialectObject)?.Dialect.ManifestOf(policy);
}
