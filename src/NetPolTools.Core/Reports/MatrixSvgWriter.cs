using NetPolTools.Asking;
using NetPolTools.Listing;
using NetPolTools.Picturing;
using NetPolTools.Text;

namespace NetPolTools.Reports;

/// <summary>Who reaches whom as a picture: of up to 80 workloads each, of more their namespaces, of which the first 200.</summary>
/// <param name="output">Where to.</param>
public sealed class MatrixSvgWriter(TextWriter output)
{
    private const int MostWorkloads = 80;
    private const int MostNamespaces = 200;
    private const int Cell = 18;
    private const int Longest = 40;
    private const int Edge = 12;
    private const int Letter = 7;

    public void Write(ClusterReport report)
    {
        var leftOut = report.LeftOut.ToList();
        var (names, cells) = Matrix(report.Picture, leftOut);
        var label = Edge + (Letter * Math.Min(Longest, names.Select(static name => name.Length).DefaultIfEmpty(0).Max()));
        var (width, height) = ((2 * Edge) + label + (names.Count * Cell), (2 * Edge) + label + (names.Count * Cell) + 40 + (16 * leftOut.Count));
        output.Write(SvgText.Begin(Math.Max(width, 640), height, "Who can reach whom: rows send, columns receive"));
        for (var i = 0; i < names.Count; i++)
        {
            var (name, at) = (SvgText.Short(names[i], Longest), Edge + label + (i * Cell));
            output.Write($"<text x=\"{SvgText.N(Edge + label - 6)}\" y=\"{SvgText.N(at + 13)}\" text-anchor=\"end\">{name}</text>\n"
                + $"<text transform=\"translate({SvgText.N(at + 13)} {SvgText.N(Edge + label - 6)}) rotate(-90)\">{name}</text>\n");
        }

        foreach (var (row, column, kind, sign, words) in cells)
        {
            var (x, y) = (Edge + label + (column * Cell), Edge + label + (row * Cell));
            output.Write($"<g><title>{SvgText.Of($"{names[row]} to {names[column]}: {words}")}</title><rect class=\"{kind}\" x=\"{SvgText.N(x)}\" "
                + $"y=\"{SvgText.N(y)}\" width=\"{SvgText.N(Cell - 1)}\" height=\"{SvgText.N(Cell - 1)}\"/>"
                + $"<text class=\"faint\" x=\"{SvgText.N(x + (Cell / 2))}\" y=\"{SvgText.N(y + 13)}\" text-anchor=\"middle\">{sign}</text></g>\n");
        }

        var below = Edge + label + (names.Count * Cell) + 20;
        output.Write($"<text class=\"faint\" x=\"{SvgText.N(Edge)}\" y=\"{SvgText.N(below)}\">"
            + "Rows send, columns receive. A everything, s some, ? undetermined, blank nothing.</text>\n");
        for (var i = 0; i < leftOut.Count; i++)
            output.Write($"<text class=\"faint\" x=\"{SvgText.N(Edge)}\" y=\"{SvgText.N(below + (16 * (i + 1)))}\">{SvgText.Of(leftOut[i])}</text>\n");
        output.Write("</svg>\n");
    }

    private static (IReadOnlyList<string> Names, IEnumerable<(int Row, int Column, string Kind, string Sign, string Words)> Cells) Matrix(
        ReachPicture? picture, List<string> leftOut)
    {
        if (picture is null)
            return ([], []);
        if (picture.By == GroupBy.Namespace || picture.OwnCount <= MostWorkloads)
        {
            var most = picture.By == GroupBy.Namespace ? MostNamespaces : MostWorkloads;
            var shown = Math.Min(picture.OwnCount, most);
            if (shown < picture.OwnCount)
                leftOut.Add($"The first {shown} of {picture.OwnCount} are shown.");
            string[] ends = [.. picture.Ends.Take(shown).Select(NameOf)];
            return (ends, Enumerable.Range(0, shown).SelectMany(row => picture.Rows[row].Where(entry => entry.Destination < shown)
                .Select(entry => OfCell(row, entry.Destination, picture.Cells[entry.Cell]))));
        }

        leftOut.Add($"There are {picture.OwnCount} workloads: namespaces stand for them.");
        return OfNamespaces(picture, leftOut);
    }

    private static string NameOf(ConnectionEnd end) => end.Kind == Objects.Namespace.KindName ? end.Name! : $"{end.Namespace}/{end.Name}";

    private static (int Row, int Column, string Kind, string Sign, string Words) OfCell(int row, int column, IReadOnlyList<PictureLine> cell)
    {
        var allowed = cell.Where(static line => line.Verdict == Verdict.Allowed).ToArray();
        if (allowed.Length == 0)
            return (row, column, "doubt", "?", $"undetermined on {cell[0].Ports}");
        return Array.Exists(allowed, static line => line.Ports.IsAll)
            ? (row, column, "all", "A", "every port")
            : (row, column, "some", "s", string.Join(", ", allowed.Select(static line => line.Ports.ToString())));
    }

    private static (IReadOnlyList<string> Names, IEnumerable<(int Row, int Column, string Kind, string Sign, string Words)> Cells) OfNamespaces(
        ReachPicture picture, List<string> leftOut)
    {
        var all = picture.Ends.Take(picture.OwnCount).Select(static end => end.Namespace!).Distinct().ToArray();
        var names = all.Take(MostNamespaces).ToArray();
        if (names.Length < all.Length)
            leftOut.Add($"The first {names.Length} of {all.Length} namespaces are shown.");
        var numbers = Enumerable.Range(0, names.Length).ToDictionary(number => names[number]);
        var sizes = new int[names.Length];
        foreach (var end in picture.Ends.Take(picture.OwnCount).Where(end => numbers.ContainsKey(end.Namespace!)))
            sizes[numbers[end.Namespace!]]++;
        var counts = new Dictionary<(int Row, int Column), int>();
        for (var source = 0; source < picture.OwnCount; source++)
        {
            if (!numbers.TryGetValue(picture.Ends[source].Namespace!, out var row))
                continue;
            foreach (var (destination, _) in picture.Rows[source])
            {
                if (destination < picture.OwnCount && numbers.TryGetValue(picture.Ends[destination].Namespace!, out var column))
                    counts[(row, column)] = counts.GetValueOrDefault((row, column)) + 1;
            }
        }

        return (names, counts.OrderBy(static found => found.Key).Select(found =>
        {
            var ((row, column), count) = (found.Key, found.Value);
            var pairs = sizes[row] * sizes[column];
            var isAll = count >= (row == column ? pairs - sizes[row] : pairs);
            return (row, column, isAll ? "all" : "some", isAll ? "A" : "s", $"{Wording.Count(count, "pair")} of {pairs}");
        }));
    }
}
