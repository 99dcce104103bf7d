using System.Text;
using System.Text.RegularExpressions;

namespace NetPolTools.Reading;

/// <summary>Text that people give instead of manifests, told by its beginning.</summary>
internal static partial class OtherText
{
    private const int MostLookedAt = 4096;

    /// <summary>Says what it is and what to give instead; null for what may be a manifest.</summary>
    /// <param name="start">The first bytes.</param>
    public static string? Explain(ReadOnlySpan<byte> start)
    {
        Span<char> text = stackalloc char[Math.Min(start.Length, MostLookedAt)];
        Encoding.ASCII.GetChars(start[..text.Length], text);
        if (Described().IsMatch(text))
            return "This is what 'kubectl describe' prints, for people to read; take the output of 'kubectl get … -o yaml' or '-o json'.";
        if (text.StartsWith("```"))
            return "The text begins with ```, the fence around code in Markdown; take only what stands between the fences.";
        if (Prompt().IsMatch(text))
            return "The first line begins with '$ ', as a command with its prompt; take only what the command printed.";
        return Table().IsMatch(text)
            ? "This is a table that 'kubectl get' prints, for people to read; add -o yaml or -o json to it."
            : null;
    }

    /// <summary>Whether every other byte is zero, as in UTF-16 of plain letters, of which only a byte order mark says so.</summary>
    public static bool LooksLikeUtf16(ReadOnlySpan<byte> start)
    {
        Span<int> zeros = stackalloc int[2];
        for (var i = 0; i < start.Length; i++)
        {
            if (start[i] == 0)
                zeros[i % 2]++;
        }

        var half = start.Length / 2;
        return half > 0 && Math.Max(zeros[0], zeros[1]) > half * 3 / 4 && Math.Min(zeros[0], zeros[1]) < half / 4;
    }

    [GeneratedRegex(@"^Name:[ \t]{2,}\S.*\r?\n(Namespace|Labels|Annotations|Roles|Priority|Created on|CreationTimestamp):[ \t]", RegexOptions.CultureInvariant)]
    private static partial Regex Described();

    [GeneratedRegex(@"^\$ +\S", RegexOptions.CultureInvariant)]
    private static partial Regex Prompt();

    [GeneratedRegex(@"^(NAMESPACE {2,})?NAME {2,}[A-Z][A-Z-]", RegexOptions.CultureInvariant)]
    private static partial Regex Table();
}
