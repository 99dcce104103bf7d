using NetPolTools.Reading;
using NetPolTools.Validation;

namespace NetPolTools.Live;

/// <summary>
/// Sees whether an answer is what was asked for. Proxies, login pages and servers in trouble answer with something else and say that all is well, and then
/// nothing in it would look like nothing in the cluster.
/// </summary>
internal static class ListAnswer
{
    private const string List = "List";

    /// <summary>Says what is wrong with an answer; null where it is a list of the kind, or the one object.</summary>
    /// <param name="kind">What was asked for.</param>
    /// <param name="documents">How many documents the answer has.</param>
    /// <param name="document">The last of them.</param>
    public static string? Fault(ClusterKind kind, int documents, DocumentType document)
    {
        if (documents != 1)
            return documents == 0 ? "there is nothing in it" : "there are several documents in it";
        if (document.Type is not { ApiVersion: { } apiVersion, Kind: { } type })
            return "it does not say what it is";
        if (kind.IsOneObject ? !kind.Covers(apiVersion, type) : !IsListOf(kind, apiVersion, type))
            return $"{Excerpt.Of(type)} of {Excerpt.Of(apiVersion)}";
        return kind.IsOneObject || document.Items is ManifestTokenKind.ArrayStart or ManifestTokenKind.Null ? null : $"{type} without a list of items";
    }

    /// <summary>A List holds anything, and each item says what it is.</summary>
    private static bool IsListOf(ClusterKind kind, string apiVersion, string type) =>
        type == List ? apiVersion == "v1" : type.EndsWith(List, StringComparison.Ordinal) && kind.Covers(apiVersion, type[..^List.Length]);
}
