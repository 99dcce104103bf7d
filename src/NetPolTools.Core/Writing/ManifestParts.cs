using System.Globalization;
using NetPolTools.Objects;
using NetPolTools.Reading;

namespace NetPolTools.Writing;

/// <summary>Parts that manifests of several kinds have. What is absent stays absent, what is empty stays empty.</summary>
internal static class ManifestParts
{
    public static ManifestMap Metadata(ObjectMetadata metadata) => Map(
        (metadata.IsNameGenerated ? "generateName" : "name", ManifestScalar.Of(metadata.Name)),
        ("namespace", metadata.Namespace is null ? null : ManifestScalar.Of(metadata.Namespace)),
        ("labels", metadata.Labels.Count == 0 ? null : Labels(metadata.Labels)),
        ("annotations", metadata.Annotations.Count == 0 ? null : Labels(metadata.Annotations)));

    public static ManifestMap Selector(LabelSelector selector) => Map(
        ("matchLabels", selector.MatchLabels.Count == 0 ? null : Labels(selector.MatchLabels)),
        ("matchExpressions", selector.MatchExpressions.Count == 0 ? null : List(selector.MatchExpressions, Requirement)));

    private static ManifestMap Requirement(LabelSelectorRequirement requirement) => Map(
        ("key", ManifestScalar.Of(requirement.Key)),
        ("operator", ManifestScalar.Of(requirement.Operator)),
        ("values", requirement.Values.Count == 0 ? null : Texts(requirement.Values)));

    public static ManifestMap Labels(IEnumerable<KeyValuePair<string, string>> labels) =>
        new([.. labels.Select(static label => KeyValuePair.Create<string, ManifestNode>(label.Key, ManifestScalar.Of(label.Value)))]);

    public static ManifestList Texts(IEnumerable<string> texts) => new([.. texts.Select(ManifestScalar.Of)]);

    public static ManifestList? List<T>(IEnumerable<T>? items, Func<T, ManifestNode> node) => items is null ? null : new([.. items.Select(node)]);

    public static ManifestScalar Number(int number) => new(ManifestTokenKind.Number, number.ToString(CultureInfo.InvariantCulture));

    public static ManifestMap Map(params (string Name, ManifestNode? Value)[] fields) =>
        new([.. fields.Where(static field => field.Value is not null).Select(static field => KeyValuePair.Create(field.Name, field.Value!))]);
}
