using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using NetPolTools.Objects;

namespace NetPolTools.Dialects.Calico;

/// <summary>
/// The metadata of an object in the storage form as Calico shows it: an annotation holds, as JSON, the name of a policy and the labels and annotations that the
/// user wrote; they stand above those of the stored object (libcalico-go/lib/backend/k8s/resources, ConvertK8sResourceToCalicoResource).
/// </summary>
internal static class CalicoStoredMetadata
{
    /// <summary>Of the annotation.</summary>
    public const string Key = "projectcalico.org/metadata";

    /// <param name="stored">As it stands in the input, with annotations.</param>
    /// <param name="kind">The kind.</param>
    /// <param name="tier">The tier that the spec says; null for none.</param>
    /// <param name="shown">As Calico shows it.</param>
    /// <param name="problem">Why the annotation cannot be read.</param>
    public static bool TryRead(ObjectMetadata stored, CalicoKind kind, string? tier, out ObjectMetadata shown, [NotNullWhen(false)] out string? problem)
    {
        problem = null;
        var name = kind.IsPolicy && !stored.IsNameGenerated ? CalicoNames.ShownName(stored.Name, tier) : stored.Name;
        shown = stored with { Name = name };
        var annotation = stored.Annotations.FirstOrDefault(static annotation => annotation.Key == Key);
        if (annotation.Key is null)
            return true;
        try
        {
            using var document = JsonDocument.Parse(annotation.Value);
            var labels = stored.Labels.ToDictionary();
            var annotations = stored.Annotations.Where(static other => other.Key != Key).ToDictionary();
            AddAll(document.RootElement, "labels", labels);
            AddAll(document.RootElement, "annotations", annotations);
            if (kind.IsPolicy && document.RootElement.TryGetProperty("name", out var given) && given.GetString() is { Length: > 0 } userName)
                name = userName;
            shown = stored with { Name = name, Labels = LabelSet.Create(labels), Annotations = [.. annotations] };
            return true;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            problem = $"The annotation {Key} is not the JSON of an object's metadata, so Calico cannot use the object.";
            return false;
        }
    }

    private static void AddAll(JsonElement metadata, string field, Dictionary<string, string> to)
    {
        if (!metadata.TryGetProperty(field, out var map) || map.ValueKind == JsonValueKind.Null)
            return;
        foreach (var pair in map.EnumerateObject())
            to[pair.Name] = pair.Value.GetString() ?? "";
    }
}
