using System.IO.Enumeration;

namespace NetPolTools.Text;

/// <summary>Names against wildcards; case counts, as it does in Kubernetes.</summary>
public static class WildcardNames
{
    /// <summary>Whether several names may match; a backslash takes the meaning from the sign behind it.</summary>
    public static bool IsPattern(string text) => text.AsSpan().IndexOfAny('*', '?', '\\') >= 0;

    public static bool Match(string pattern, ReadOnlySpan<char> name) => FileSystemName.MatchesSimpleExpression(pattern, name, ignoreCase: false);

    /// <param name="patterns">Empty for every name.</param>
    /// <param name="name">What to look for.</param>
    public static bool MatchAny(IReadOnlyList<string> patterns, string name) => patterns.Count == 0 || patterns.Any(pattern => Match(pattern, name));
}
