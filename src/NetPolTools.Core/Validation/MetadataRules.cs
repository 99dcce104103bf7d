using System.Text;
using NetPolTools.Objects;

namespace NetPolTools.Validation;

/// <summary>What the API server refuses in the metadata of any object (apimachinery, api/validation/objectmeta.go).</summary>
internal static class MetadataRules
{
    private const int MaxAnnotationBytes = 256 * 1024;

    public static void Check(ObjectMetadata metadata, List<FieldError> errors)
    {
        var wrongName = metadata.IsNameGenerated ? NameRules.CheckGenerateName(metadata.Name) : NameRules.CheckSubdomain(metadata.Name);
        if (wrongName is not null)
            errors.Add(new FieldError(
                metadata.IsNameGenerated ? "metadata.generateName" : "metadata.name", $"The name '{Excerpt.Of(metadata.Name)}' {wrongName}."));
        if (metadata.Namespace is { } ns && NameRules.CheckDnsLabel(ns) is { } wrongNamespace)
            errors.Add(new FieldError("metadata.namespace", $"The namespace '{Excerpt.Of(ns)}' {wrongNamespace}."));
        LabelSelectorRules.CheckLabels(metadata.Labels.Pairs, "metadata", ".labels", errors);
        CheckAnnotations(metadata.Annotations, "metadata.annotations", errors);
    }

    /// <summary>Their values may be anything, their keys what label keys may be, in any case (apimachinery, api/validation/objectmeta.go).</summary>
    public static void CheckAnnotations(IReadOnlyList<KeyValuePair<string, string>> annotations, string path, List<FieldError> errors)
    {
        if (annotations.Count == 0)
            return;
        foreach (var (key, _) in annotations)
        {
            if (NameRules.CheckLabelKey(key.ToLowerInvariant()) is { } wrong)
                errors.Add(new FieldError(path, $"The annotation key '{Excerpt.Of(key)}' {wrong}.", key));
        }

        var size = annotations.Sum(static annotation => (long)Encoding.UTF8.GetByteCount(annotation.Key) + Encoding.UTF8.GetByteCount(annotation.Value));
        if (size > MaxAnnotationBytes)
            errors.Add(new FieldError(path, $"The annotations have {size} bytes; at most {MaxAnnotationBytes} are allowed."));
    }
}
