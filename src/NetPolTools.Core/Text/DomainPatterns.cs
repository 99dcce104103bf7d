namespace NetPolTools.Text;

/// <summary>
/// Patterns of names in DNS: <c>*</c> stands for any characters of one label, <c>**.</c> in front for one label or more, and <c>*</c> alone for every name.
/// Letters match in any case, and a dot at the end means nothing (cilium/cilium: pkg/fqdn/matchpattern).
/// </summary>
public static class DomainPatterns
{
    private const string AnyDepth = "**.";

    public static bool Match(string pattern, string name)
    {
        var (asked, wanted) = (name.TrimEnd('.'), pattern.TrimEnd('.'));
        if (wanted == "*")
            return true;
        var wantedLabels = wanted.Split('.');
        var labels = asked.Split('.');
        if (wanted.StartsWith(AnyDepth, StringComparison.Ordinal))
        {
            var rest = wantedLabels[1..];
            return labels.Length > rest.Length && AreSame(rest, labels[^rest.Length..]);
        }

        return labels.Length == wantedLabels.Length && AreSame(wantedLabels, labels);
    }

    private static bool AreSame(string[] patterns, string[] labels)
    {
        for (var i = 0; i < patterns.Length; i++)
        {
            if (!MatchLabel(patterns[i].ToLowerInvariant(), labels[i].ToLowerInvariant()))
                return false;
        }

        return true;
    }

    private static bool MatchLabel(ReadOnlySpan<char> pattern, ReadOnlySpan<char> label)
    {
        var star = pattern.IndexOf('*');
        if (star < 0)
            return pattern.SequenceEqual(label);
        if (!label.StartsWith(pattern[..star]))
            return false;
        var rest = pattern[(star + 1)..];
        for (var from = star; from <= label.Length; from++)
        {
            if (MatchLabel(rest, label[from..]))
                return true;
        }

        return false;
    }
}
