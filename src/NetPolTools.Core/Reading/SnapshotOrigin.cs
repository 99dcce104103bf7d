using System.Collections.Immutable;
using System.Globalization;
using NetPolTools.Diagnostics;
using NetPolTools.Validation;

namespace NetPolTools.Reading;

/// <summary>
/// Where and when a cluster was read. A file that holds a snapshot says so in annotations of its list, which <see cref="ReadAtKey"/> marks
/// as one.
/// </summary>
/// <param name="ReadAt">When it was read.</param>
/// <param name="Context">The context of the kubeconfig; null where manifests were read.</param>
/// <param name="KubernetesVersion">The version of the server; null where manifests were read, and where the server does not tell.</param>
public sealed record SnapshotOrigin(DateTimeOffset ReadAt, string? Context, KubernetesVersion? KubernetesVersion)
{
    /// <summary>The annotation for <see cref="ReadAt"/>: a time in the form of RFC 3339, in UTC.</summary>
    public const string ReadAtKey = "netpoltools/read-at";

    /// <summary>The annotation for <see cref="Context"/>.</summary>
    public const string ContextKey = "netpoltools/context";

    /// <summary>The annotation for <see cref="KubernetesVersion"/>: <c>1.36</c>.</summary>
    public const string KubernetesVersionKey = "netpoltools/kubernetes-version";

    /// <summary>The annotation for <see cref="Diagnostics"/>: a JSON array of objects.</summary>
    public const string DiagnosticsKey = "netpoltools/diagnostics";

    /// <summary>The annotation for <see cref="PassedOver"/>: a JSON object of numbers.</summary>
    public const string PassedOverKey = "netpoltools/passed-over";

    private const string TimeFormat = "yyyy-MM-dd'T'HH:mm:ss'Z'";

    /// <summary>What the reading found wrong or worth knowing, since answers lack what was left out for it.</summary>
    public ImmutableArray<Diagnostic> Diagnostics { get; init; } = [];

    /// <summary>
    /// How many objects of which kinds were passed over. That there were some of a kind may tell that another object of it is not there.
    /// </summary>
    public IReadOnlyDictionary<string, int> PassedOver { get; init; } = ImmutableDictionary<string, int>.Empty;

    /// <summary>The annotations that say all of it; nothing is said where nothing is known.</summary>
    public IEnumerable<KeyValuePair<string, string>> ToAnnotations()
    {
        yield return new(ReadAtKey, ReadAt.UtcDateTime.ToString(TimeFormat, CultureInfo.InvariantCulture));
        if (Context is not null)
            yield return new(ContextKey, Context);
        if (KubernetesVersion is { } version)
            yield return new(KubernetesVersionKey, version.ToString());
        if (!Diagnostics.IsEmpty)
            yield return new(DiagnosticsKey, SavedDiagnostics.Write(Diagnostics));
        if (PassedOver.Count > 0)
            yield return new(PassedOverKey, SavedCounts.Write(PassedOver));
    }

    /// <summary>Reads the annotations of a list; null for a list that is no snapshot.</summary>
    /// <exception cref="FormatException">It is one, and what it says of itself cannot be understood.</exception>
    internal static SnapshotOrigin? From(IReadOnlyDictionary<string, string> annotations)
    {
        if (!annotations.TryGetValue(ReadAtKey, out var time))
            return null;
        if (!DateTimeOffset.TryParse(time, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var readAt))
            throw new FormatException($"The annotation {ReadAtKey} is no time; expected one such as 2026-01-31T23:00:00Z.");
        KubernetesVersion? version = null;
        if (annotations.TryGetValue(KubernetesVersionKey, out var text))
        {
            version = Validation.KubernetesVersion.TryParse(text, out var parsed)
                ? parsed
                : throw new FormatException($"The annotation {KubernetesVersionKey} is no version of Kubernetes; expected one such as 1.36.");
        }

        return new SnapshotOrigin(readAt, annotations.GetValueOrDefault(ContextKey), version)
        {
            Diagnostics = annotations.TryGetValue(DiagnosticsKey, out var diagnostics) ? SavedDiagnostics.Read(diagnostics) : [],
            PassedOver = annotations.TryGetValue(PassedOverKey, out var counts) ? SavedCounts.Read(counts) : ImmutableDictionary<string, int>.Empty,
        };
    }
}
