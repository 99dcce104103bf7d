using System.Management.Automation;
using System.Text.RegularExpressions;
using NetPolTools.Text;

namespace NetPolTools.Output;

/// <summary>What views show of pictures: their text, with each verdict in its colour.</summary>
public static partial class PictureDisplay
{
    /// <summary>The signs of a matrix.</summary>
    public static string Matrix(PSObject matrix) => Lines(matrix, nameof(NetPolMatrix.Text), static line =>
        Row().Match(line) is { Success: true } row ? line[..row.Groups["cells"].Index] + Sign().Replace(row.Groups["cells"].Value, Painted)
            + line[(row.Groups["cells"].Index + row.Groups["cells"].Length)..]
        : line.StartsWith('●') ? Sign().Replace(line, Painted)
        : line);

    /// <summary>The ports of a tree.</summary>
    public static string Tree(PSObject tree) => Lines(tree, nameof(NetPolTree.Text), static line => Ports().Replace(line, static ports => Style.Drawn(
        ports.Value,
        ports.Value.StartsWith("denied", StringComparison.Ordinal) ? "Red"
            : ports.Value.Contains("undetermined", StringComparison.Ordinal) ? "Magenta"
            : "Green")));

    /// <summary>The ports of a cell; behind them those of which nothing in the input tells.</summary>
    public static string CellPorts(PSObject cell)
    {
        var (ports, open) = (Shown.Text(cell, nameof(NetPolMatrixCell.Ports)), Shown.Text(cell, nameof(NetPolMatrixCell.UndeterminedPorts)));
        return open.Length == 0 ? ports : $"{ports}{(ports.Length == 0 ? "" : "; ")}{Style.Open("Undetermined")} {open}";
    }

    private static string Lines(PSObject picture, string property, Func<string, string> paint) =>
        string.Join('\n', (picture.Properties[property]?.Value?.ToString() ?? "").TrimEnd('\n').Split('\n').Select(line => paint(Printable.Of(line))));

    private static string Painted(Match sign) => Style.Drawn(sign.Value, sign.Value switch
    {
        "●" => "Green",
        "○" => "Yellow",
        "?" => "Magenta",
        _ => "BrightBlack",
    });

    [GeneratedRegex("^ *[0-9]+(?<cells>( [●○·?])+)  ")]
    private static partial Regex Row();

    [GeneratedRegex("[●○·?]")]
    private static partial Regex Sign();

    /// <summary>Two blanks stand before ports that are beside a name, and only blanks and branches before those that had no room there.</summary>
    [GeneratedRegex("(?<=─ .*  )[^ ].*$|(?<=^[ │]+)[^ │└├].*$")]
    private static partial Regex Ports();
}
