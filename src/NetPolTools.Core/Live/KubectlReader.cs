using System.ComponentModel;
using System.Text;
using System.Text.Json;
using NetPolTools.Reading;

namespace NetPolTools.Live;

/// <summary>
/// Reads a cluster through kubectl, which brings every login there is. It asks for paths of the API, <c>kubectl get --raw</c>: so kubectl passes the
/// answer on as it comes, where <c>-o json</c> would hold many times its size before the first byte, and asks the server nothing else.
/// </summary>
/// <param name="connection">Which cluster.</param>
/// <param name="program">kubectl; null for the one on the PATH.</param>
public sealed class KubectlReader(ClusterConnection connection, string? program = null) : IClusterReader
{
    /// <summary>A compromise: every chunk is a run of kubectl with a login of its own, and one answer that the server has to hold.</summary>
    private const int ChunkSize = 2000;

    private ApiGroups? _groups;

    public string Name => connection.Name;

    public ListOutcome Connect(CancellationToken cancellation)
    {
        // Also tells which kinds to ask for, and in which version.
        var body = new MemoryStream();
        var outcome = Get("/apis", stream => stream.CopyTo(body), cancellation);
        if (outcome.Status is ListStatus.Forbidden or ListStatus.Absent)
            return ListOutcome.Read;
        if (outcome.Status == ListStatus.Failed)
            return outcome;
        try
        {
            body.Position = 0;
            _groups = ApiGroups.Read(body);
            return outcome;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or KeyNotFoundException)
        {
            return new ListOutcome(ListStatus.Failed, "What answers is no API server of Kubernetes: it does not tell its API groups.");
        }
    }

    public ListOutcome List(ClusterKind kind, Action<Stream> read, CancellationToken cancellation)
    {
        foreach (var version in _groups?.VersionsOf(kind) ?? kind.Versions)
        {
            var outcome = kind.Names.Count > 0 ? ListNamed(kind, version, read, cancellation) : ListChunks(kind, version, read, cancellation);
            if (outcome.Status == ListStatus.Forbidden && !Has(kind, version, cancellation))
                outcome = ListOutcome.Absent;
            if (outcome.Status != ListStatus.Absent)
                return outcome;
        }

        return ListOutcome.Absent;
    }

    private ListOutcome ListNamed(ClusterKind kind, string version, Action<Stream> read, CancellationToken cancellation)
    {
        foreach (var name in kind.Names.Where(CanExist))
        {
            var outcome = Get($"{Root(kind, version)}/{kind.Resource}?fieldSelector=metadata.name%3D{Uri.EscapeDataString(name)}", read, cancellation);
            if (outcome.Status != ListStatus.Read)
                return outcome;
        }

        return ListOutcome.Read;

        // A definition of a group that is not there is not there.
        bool CanExist(string name) => kind.Group != ClusterKinds.DefinitionGroup || _groups?.Has(name[(name.IndexOf('.') + 1)..]) != false;
    }

    private ListOutcome ListChunks(ClusterKind kind, string version, Action<Stream> read, CancellationToken cancellation)
    {
        var path = $"{Root(kind, version)}/{kind.Resource}";
        if (!kind.IsChunked)
            return Get(path, read, cancellation);

        string? next = null;
        ListOutcome outcome;
        do
        {
            var from = next is null ? "" : "&continue=" + Uri.EscapeDataString(next);
            next = null;
            outcome = Get($"{path}?limit={ChunkSize}{from}", ReadChunk, cancellation);
        }
        while (outcome.Status == ListStatus.Read && next is not null);
        return outcome;

        void ReadChunk(Stream stream)
        {
            var chunk = new SniffedStream(stream, ListHead.Length, static _ => { });
            next = ListHead.Continue(chunk.Start);
            read(chunk);
        }
    }

    /// <summary>
    /// Whether the server has a kind at all: it refuses what the user has no right to before it looks whether it is there.
    /// </summary>
    private bool Has(ClusterKind kind, string version, CancellationToken cancellation)
    {
        var resources = new MemoryStream();
        return Get(Root(kind, version), stream => stream.CopyTo(resources), cancellation).Status != ListStatus.Read
            || Encoding.UTF8.GetString(resources.ToArray()).Contains($"\"{kind.Resource}\"", StringComparison.Ordinal);
    }

    private static string Root(ClusterKind kind, string version) => kind.Group.Length == 0 ? $"/api/{version}" : $"/apis/{kind.Group}/{version}";

    private ListOutcome Get(string path, Action<Stream> read, CancellationToken cancellation)
    {
        if ((program ?? KubectlProgram.Find()) is not { } kubectl)
            return new ListOutcome(ListStatus.Failed, KubectlProgram.NotFound) { FailedWith = DiagnosticId.KubectlNotFound };
        try
        {
            var run = KubectlRun.Run(kubectl, connection.Folder, ["get", "--raw", path, .. connection.Arguments()], read, cancellation);
            return run.ExitCode == 0 ? ListOutcome.Read : KubectlErrors.Understand(run);
        }
        catch (Win32Exception e)
        {
            return new ListOutcome(ListStatus.Failed, $"{kubectl} cannot be run: {e.Message}") { FailedWith = DiagnosticId.KubectlNotFound };
        }
    }
}
