using NetPolTools.Objects;
using NetPolTools.Reading;
using NetPolTools.Snapshot;

namespace NetPolTools.Linting.Suppressing;

/// <summary>Annotations such as <c>netpol.tools/ignore.NP026: the reason</c>: they go with the object through templates and into the cluster.</summary>
internal static class AnnotationSuppressions
{
    private const string Word = "ignore.";

    /// <summary>The annotation that silences a rule.</summary>
    /// <param name="rule">As it is written.</param>
    public static string KeyOf(string rule) => OwnAnnotations.Prefix + Word + rule;

    public static IEnumerable<LintSuppression> Of(ClusterSnapshot snapshot) =>
        snapshot.Objects().Where(static found => found.Metadata.Annotations.Count > 0)
            .SelectMany(static found => found.Metadata.Annotations.Select(annotation => Of(found, annotation.Key, annotation.Value)))
            .OfType<LintSuppression>();

    private static LintSuppression? Of(KubernetesObject found, string key, string value)
    {
        if (!key.StartsWith(OwnAnnotations.Prefix, StringComparison.Ordinal))
            return null;
        var name = key[OwnAnnotations.Prefix.Length..];
        if (!name.StartsWith(Word, StringComparison.Ordinal))
        {
            return new LintSuppression(LintSuppressionKind.Annotation, name, value, found.Location)
            {
                Object = found.Reference,
                Mistake = $"The annotation '{key}' means nothing; expected {OwnAnnotations.Prefix}{Word} and the id of a rule.",
            };
        }

        var text = SuppressionText.Parse(value);
        return new LintSuppression(LintSuppressionKind.Annotation, name[Word.Length..], text.Reason, found.Location)
        {
            Object = found.Reference,
            Until = text.Until,
            Mistake = text.Mistake,
        };
    }
}
