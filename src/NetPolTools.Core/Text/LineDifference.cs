using System.Text;

namespace NetPolTools.Text;

/// <summary>What has changed between two texts, as patch and git apply take it.</summary>
internal static class LineDifference
{
    private const int Context = 3;

    /// <summary>
    /// The unified form with one hunk from the first line that differs to the last one; empty where nothing does. The texts differ in one place or in few that
    /// are near each other, so that nothing shorter is looked for.
    /// </summary>
    /// <param name="file">The name of the file on both sides.</param>
    /// <param name="before">The text before.</param>
    /// <param name="after">The text after.</param>
    public static string Unified(string file, string before, string after)
    {
        if (before == after)
            return "";
        var (old, news) = (Lines(before), Lines(after));
        var start = 0;
        while (start < old.Count && start < news.Count && old[start] == news[start])
            start++;
        var end = 0;
        while (end < old.Count - start && end < news.Count - start && old[^(end + 1)] == news[^(end + 1)])
            end++;
        var first = Math.Max(0, start - Context);
        var last = Math.Min(end, Context);
        var text = new StringBuilder($"--- a/{file}\n+++ b/{file}\n");
        text.Append($"@@ -{Range(first, old.Count - end + last)} +{Range(first, news.Count - end + last)} @@\n");
        Append(text, ' ', old.GetRange(first, start - first));
        Append(text, '-', old.GetRange(start, old.Count - end - start));
        Append(text, '+', news.GetRange(start, news.Count - end - start));
        Append(text, ' ', old.GetRange(old.Count - end, last));
        return text.ToString();
    }

    /// <summary>Each with its end.</summary>
    private static List<string> Lines(string text)
    {
        var lines = new List<string>();
        for (var start = 0; start < text.Length;)
        {
            var end = text.IndexOf('\n', start);
            end = end < 0 ? text.Length : end + 1;
            lines.Add(text[start..end]);
            start = end;
        }

        return lines;
    }

    private static string Range(int first, int end) => $"{(end > first ? first + 1 : first)},{end - first}";

    private static void Append(StringBuilder text, char mark, List<string> lines)
    {
        foreach (var line in lines)
        {
            text.Append(mark).Append(line);
            if (!line.EndsWith('\n'))
                text.Append("\n\\ No newline at end of file\n");
        }
    }
}
