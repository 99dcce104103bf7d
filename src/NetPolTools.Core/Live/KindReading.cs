using NetPolTools.Diagnostics;
using NetPolTools.Dialects;
using NetPolTools.Reading;

namespace NetPolTools.Live;

/// <summary>One kind on its way out of a cluster: what was found, kept apart so that kinds can be read side by side.</summary>
internal sealed class KindReading(ClusterKind kind)
{
    public ClusterKind Kind { get; private set; } = kind;

    public ReadOutcome? Outcome { get; private set; }

    public bool IsRefused => Outcome?.Status == ReadStatus.Forbidden;

    /// <summary>What came so far.</summary>
    public CollectedObjects Found { get; } = new();

    private Diagnostic? Broken => Found.Diagnostics.FirstOrDefault(static diagnostic => diagnostic.Id == DiagnosticId.SyntaxError);

    public void Read(ClusterApi api, CancellationToken cancellation)
    {
        // Chunks of a kind repeat each other's labels and specs: what is known of one serves the next.
        var strings = new StringPool();
        var binder = new ManifestBinder(Found, AllDialects.Kinds) { AreStored = true };
        var outcome = List(Kind);
        if (outcome.Status is ReadStatus.Absent or ReadStatus.Forbidden && Kind.Substitute is { } substitute)
        {
            // Without either of them, the one that is there and refused is what to ask an administrator for.
            var instead = List(substitute);
            if (outcome.Status == ReadStatus.Absent || instead.Status != ReadStatus.Forbidden)
                (Kind, outcome) = (substitute, instead);
        }

        if (outcome.Status == ReadStatus.Read && Broken is { } broken)
            outcome = new ReadOutcome(ReadStatus.Failed, $"What came as {Kind} cannot be read. {broken.Message}");
        else if (outcome.Status == ReadStatus.Absent && Kind.IsEverywhere)
            outcome = new ReadOutcome(ReadStatus.Failed,
                $"The server says that it has no {Kind}, as every cluster has. Is the server of the context right, with the path of its URL?");
        Outcome = outcome;

        ReadOutcome List(ClusterKind kind)
        {
            var listed = api.List(kind, isWhole: false, stream => ReadChunk(kind, stream), cancellation);
            if (listed.Status != ReadStatus.Expired)
                return listed;

            // Reading took longer than the server keeps a list for its chunks.
            Found.Clear();
            return api.List(kind, isWhole: true, stream => ReadChunk(kind, stream), cancellation);
        }

        ListChunk ReadChunk(ClusterKind kind, Stream stream)
        {
            using var tokens = new JsonTokenReader(stream, api.Name, strings) { HasLines = false };
            var documents = binder.Bind(tokens, cancellation);

            // Of what is no JSON at all the error in it says more.
            return new ListChunk(binder.ListMetadata, Broken is null ? ListAnswer.Fault(kind, documents, binder.Document) : null);
        }
    }
}
