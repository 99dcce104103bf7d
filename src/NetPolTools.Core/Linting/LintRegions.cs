using NetPolTools.Reachability;
using NetPolTools.Sources;
using NetPolTools.Text;

namespace NetPolTools.Linting;

/// <summary>
/// Looks up where the text that findings are about ends: of a field its value, of a whole object the line that it begins with. One text is held at a time: of
/// a folder of thousands of files, all of them with their nodes would be gigabytes.
/// </summary>
public sealed class LintRegions
{
    /// <summary>So few are looked up in the time another thread needs to wake up, where their files are small.</summary>
    private const int FewestFindings = 256;

    private readonly Func<string, SourceText?> _open;
    private string? _file;
    private SourceText? _text;

    private LintRegions(Func<string, SourceText?> open) => _open = open;

    /// <summary>Findings with their ends, where these can be looked up.</summary>
    /// <param name="findings">Those of one file after one another.</param>
    /// <param name="open">Gives the text of an input by the name that locations have for it; null where there is none. Called by several threads.</param>
    public static LintFinding[] Of(IReadOnlyList<LintFinding> findings, Func<string, SourceText?> open)
    {
        var found = new LintFinding[findings.Count];
        var bounds = ParallelParts.Bounds(findings.Count, FewestFindings);
        ParallelParts.ForEachPart(
            bounds.Length - 1,
            part =>
            {
                var regions = new LintRegions(open);
                var end = StartOfFile(findings, bounds[part + 1]);
                for (var i = StartOfFile(findings, bounds[part]); i < end; i++)
                    found[i] = regions.Of(findings[i]);
            },
            CancellationToken.None);
        return found;
    }

    /// <summary>The first finding, from a number on, that is of another file than the one before.</summary>
    private static int StartOfFile(IReadOnlyList<LintFinding> findings, int from)
    {
        while (from > 0 && from < findings.Count && findings[from].Location.File == findings[from - 1].Location.File)
            from++;
        return from;
    }

    private LintFinding Of(LintFinding finding) =>
        TextOf(finding.Location) is { } text && text.OffsetOf(finding.Location) is >= 0 and var offset
            ? finding with { End = text.EndAt(EndOf(text, offset, finding.FieldPath)) }
            : finding;

    private static int EndOf(SourceText text, int offset, string? path)
    {
        var node = path is null || Around(text.Documents, offset) is not { } root ? null : NodeAt(root, offset, path);
        if (node is not null && node.End > offset)
            return node.End;
        var line = text.LineOf(offset);
        var end = text.EndOfLine(line);
        while (end > offset + 1 && text.Text[end - 1] is ' ' or '\t')
            end--;
        return end;
    }

    /// <summary>The value at a path of the object that holds an offset. The object is a document, or an item of a list of objects.</summary>
    private static SourceNode? NodeAt(SourceNode root, int offset, string path)
    {
        if (Around(root["items"]?.Items ?? [], offset) is { } item && NodeAt(item, offset, path) is { } found)
            return found;
        return SourcePath.Find(root, path) is { } node && node.Start <= offset && offset < node.End ? node
            : SourcePath.Walk(root, Parent(path)) is { Count: > 0 } way && way[^1].Entries.FirstOrDefault(entry => entry.Key.Start == offset) is { } field
                ? field.Value
                : null;
    }

    /// <summary>The one of some nodes, in the order of the text, that holds an offset; a list may have a hundred thousand.</summary>
    private static SourceNode? Around(IReadOnlyList<SourceNode> nodes, int offset)
    {
        var (first, end) = (0, nodes.Count);
        while (first < end)
        {
            var middle = (first + end) / 2;
            if (nodes[middle].Start <= offset)
                first = middle + 1;
            else
                end = middle;
        }

        return first > 0 && offset <= nodes[first - 1].End ? nodes[first - 1] : null;
    }

    private static string Parent(string path) => path[..Math.Max(path.LastIndexOf('.'), 0)];

    private SourceText? TextOf(SourceLocation location)
    {
        if (location.File is not { } file || location.Line == 0)
            return null;
        if (file != _file)
            (_file, _text) = (file, _open(file));
        return _text;
    }
}
