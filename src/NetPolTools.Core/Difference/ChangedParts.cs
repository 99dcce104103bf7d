using NetPolTools.Objects;
using NetPolTools.Text;

namespace NetPolTools.Difference;

/// <summary>What is different in the parts of an object, in words.</summary>
internal static class ChangedParts
{
    /// <summary>So many names are told of a kind.</summary>
    public const int MostNames = 5;

    /// <summary>What of a set came and what went.</summary>
    public static IEnumerable<string> ComeAndGone(IReadOnlyList<string> before, IReadOnlyList<string> after, string what = "")
    {
        string[] gone = [.. before.Except(after).Select(name => what + name)];
        string[] come = [.. after.Except(before).Select(name => what + name)];
        if (gone.Length > 0)
            yield return $"without {Wording.List(gone, MostNames)}";
        if (come.Length > 0)
            yield return $"with {Wording.List(come, MostNames)}";
    }

    /// <summary>Each label that is not the same; those that controllers make are left out.</summary>
    public static IEnumerable<string> Labels(LabelSet before, LabelSet after)
    {
        foreach (var key in before.Concat(after).Select(static label => label.Key).Distinct().Order(StringComparer.Ordinal))
        {
            var (was, becomes) = (Text(before, key), Text(after, key));
            if (was != becomes && key != "pod-template-hash")
                yield return $"label {was} -> {becomes}";
        }
    }

    private static string Text(LabelSet labels, string key) => labels.TryGet(key, out var value) ? $"{key}={value}" : $"no {key}";
}
