using System.Text;
using System.Text.Json;
using NetPolTools.Reading;
using NetPolTools.Validation;

namespace NetPolTools.Live;

/// <summary>What is asked of an API server: its groups, and lists of objects in chunks.</summary>
/// <param name="reader">The way to it.</param>
internal sealed class ClusterApi(IClusterReader reader)
{
    /// <summary>A compromise: through kubectl every chunk is a run with a login of its own, and each is one answer that the server has to hold.</summary>
    private const int ChunkSize = 2000;

    private ApiGroups? _groups;

    public string Name => reader.Name;

    /// <summary>Sees whether the cluster can be read at all: whoever has to log in for that is asked once.</summary>
    /// <returns><see cref="ReadStatus.Read"/> or <see cref="ReadStatus.Failed"/>.</returns>
    public ReadOutcome Connect(CancellationToken cancellation)
    {
        // Also tells which kinds to ask for, and in which version.
        var body = new MemoryStream();
        var outcome = reader.Get("/apis", stream => stream.CopyTo(body), cancellation);
        if (outcome.Status is ReadStatus.Forbidden or ReadStatus.Absent)
            return ReadOutcome.Read;
        if (outcome.Status != ReadStatus.Read)
            return outcome;
        try
        {
            body.Position = 0;
            _groups = ApiGroups.Read(body);
            return outcome;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or KeyNotFoundException)
        {
            return new ReadOutcome(ReadStatus.Failed, "What answers is no API server of Kubernetes: it does not tell its API groups.");
        }
    }

    /// <summary>The version of Kubernetes that the server says it is; null where it does not.</summary>
    public KubernetesVersion? Version(CancellationToken cancellation)
    {
        var body = new MemoryStream();
        if (reader.Get("/version", stream => stream.CopyTo(body), cancellation).Status != ReadStatus.Read)
            return null;
        try
        {
            body.Position = 0;
            using var document = JsonDocument.Parse(body);
            return KubernetesVersion.TryParse(document.RootElement.GetProperty("gitVersion").GetString(), out var version) ? version : null;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or KeyNotFoundException)
        {
            // It is worth no more than a default for what is applied to the cluster.
            return null;
        }
    }

    /// <summary>Lists the objects of a kind.</summary>
    /// <param name="kind">The kind.</param>
    /// <param name="isWhole">In one piece, however long it is.</param>
    /// <param name="read">Given each chunk of the list as JSON, one after another, while it is still arriving.</param>
    /// <param name="cancellation">Ends it, with an <see cref="OperationCanceledException"/>.</param>
    public ReadOutcome List(ClusterKind kind, bool isWhole, Func<Stream, ListChunk> read, CancellationToken cancellation)
    {
        foreach (var version in _groups?.VersionsOf(kind) ?? kind.Versions)
        {
            var path = kind.PathOf(version);
            var outcome = kind.Names.Count > 0 ? ListNamed(kind, path, read, cancellation) : ListChunks(kind, path, isWhole, read, cancellation);
            if (outcome.Status == ReadStatus.Forbidden && !Has(kind, version, cancellation))
                outcome = ReadOutcome.Absent;
            if (outcome.Status != ReadStatus.Absent)
                return outcome;
        }

        return ReadOutcome.Absent;
    }

    private ReadOutcome ListNamed(ClusterKind kind, string path, Func<Stream, ListChunk> read, CancellationToken cancellation)
    {
        foreach (var name in kind.Names.Where(CanExist))
        {
            var outcome = Get(kind, $"{path}?fieldSelector=metadata.name%3D{Uri.EscapeDataString(name)}", read, out _, cancellation);
            if (outcome.Status != ReadStatus.Read)
                return outcome;
        }

        return ReadOutcome.Read;

        // A definition of a group that is not there is not there.
        bool CanExist(string name) => kind.Group != ClusterKinds.DefinitionGroup || _groups?.Has(name[(name.IndexOf('.') + 1)..]) != false;
    }

    private ReadOutcome ListChunks(ClusterKind kind, string path, bool isWhole, Func<Stream, ListChunk> read, CancellationToken cancellation)
    {
        ListMetadata? first = null;
        string? next = null;
        ReadOutcome outcome;
        do
        {
            var query = isWhole ? "" : $"?limit={ChunkSize}" + (next is null ? "" : "&continue=" + Uri.EscapeDataString(next));
            outcome = Get(kind, path + query, read, out var metadata, cancellation);
            first ??= metadata;
            next = metadata?.Continue;
        }
        while (outcome.Status == ReadStatus.Read && next is not null);
        return outcome with { Position = first?.ResourceVersion is { } version ? new ListPosition(path, version) : null };
    }

    private ReadOutcome Get(ClusterKind kind, string path, Func<Stream, ListChunk> read, out ListMetadata? metadata, CancellationToken cancellation)
    {
        ListChunk chunk = default;
        var outcome = reader.Get(path, stream => chunk = read(stream), cancellation);
        metadata = chunk.Metadata;

        // Where kubectl fails, it has written nothing before; what that is not matters to nobody.
        return outcome.Status == ReadStatus.Read && chunk.Fault is { } fault
            ? new ReadOutcome(ReadStatus.Failed, $"What came as {kind} is something else: {fault}.")
            : outcome;
    }

    /// <summary>Follows what becomes of a list, until the server ends the connection, as it does after some time.</summary>
    /// <param name="position">What is known already.</param>
    /// <param name="read">Given the changes while they happen.</param>
    /// <param name="cancellation">Ends it, with an <see cref="OperationCanceledException"/>.</param>
    public ReadOutcome Watch(ListPosition position, Action<Stream> read, CancellationToken cancellation) => reader.Get(
        $"{position.Path}?watch=1&allowWatchBookmarks=true&resourceVersion={Uri.EscapeDataString(position.ResourceVersion)}", read, cancellation);

    /// <summary>
    /// Whether the server has a kind at all: it refuses what the user has no right to before it looks whether it is there.
    /// </summary>
    private bool Has(ClusterKind kind, string version, CancellationToken cancellation)
    {
        var resources = new MemoryStream();
        return reader.Get(kind.RootOf(version), stream => stream.CopyTo(resources), cancellation).Status != ReadStatus.Read
            || Encoding.UTF8.GetString(resources.ToArray()).Contains($"\"{kind.Resource}\"", StringComparison.Ordinal);
    }
}
