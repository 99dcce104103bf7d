using System.Text;
using NetPolTools.Listing;
using NetPolTools.Reports;
using NetPolTools.Text;

namespace NetPolTools.Output;

/// <summary>Connections as a square: who of these reaches whom. Outside addresses are one name.</summary>
public sealed class NetPolMatrix
{
    /// <summary>What the matrix calls all addresses outside the cluster.</summary>
    public const string Outside = AddressWords.InMatrix;

    /// <summary>So many leave room for names on 80 columns.</summary>
    private const int MostShown = 24;
    private const int Width = 80;

    private readonly Dictionary<(string Source, string Destination), NetPolPorts> _ports = [];
    private readonly Dictionary<(string Source, string Destination), NetPolPorts> _undetermined = [];

    internal NetPolMatrix(IEnumerable<NetPolConnection> connections)
    {
        var names = new HashSet<string>();
        foreach (var connection in connections)
        {
            var source = Qualified(connection.SourceNamespace, connection.Source, connection.SourceKind);
            var destination = Qualified(connection.DestinationNamespace, connection.Destination, connection.DestinationKind);
            names.Add(source);
            names.Add(destination);

            if (connection.Verdict != nameof(Verdict.Denied))
                Add(connection.Verdict == nameof(Verdict.Undetermined) ? _undetermined : _ports, (source, destination), connection.Ports);
        }

        Names = NetPolList.Names(names.OrderBy(static name => name == Outside).ThenBy(static name => name, StringComparer.Ordinal));
        Cells = NetPolList.Texts(
            from source in Names
            from destination in Names
            let key = (source, destination)
            where _ports.ContainsKey(key) || _undetermined.ContainsKey(key)
            select new NetPolMatrixCell(source, destination, _ports.GetValueOrDefault(key), _undetermined.GetValueOrDefault(key)));
        Text = Draw();

        // Outside is several lines, and its ports are those of any of them.
        static void Add(Dictionary<(string Source, string Destination), NetPolPorts> cells, (string Source, string Destination) key, NetPolPorts ports) =>
            cells[key] = cells.TryGetValue(key, out var before) ? new NetPolPorts(before.Set.Union(ports.Set)) : ports;
    }

    /// <summary>namespace/name of everything that has a connection, in order; the outside last.</summary>
    public NetPolList<string> Names { get; }

    /// <summary>Every pair with a connection, row by row.</summary>
    public NetPolList<NetPolMatrixCell> Cells { get; }

    /// <summary>
    /// The matrix drawn for 80 columns: sources down, destinations across by number; a full dot for every port, an empty one for some, a small one for none,
    /// and ? where nothing in the input tells. Names stand behind the cells; those that are too long there are cut, and follow below. Where there are more
    /// than fit a screen, the first ones and how to narrow.
    /// </summary>
    public string Text { get; }

    /// <summary>The ports that are allowed from one to another; null where none are.</summary>
    public NetPolPorts? Ports(string source, string destination) => _ports.GetValueOrDefault((source, destination));

    public override string ToString() => Text;

    private string Draw()
    {
        var names = Names.Take(MostShown).ToArray();
        var digits = names.Length.ToString().Length;
        var room = Width - digits - (2 * names.Length) - 2;
        var text = new StringBuilder();
        var cut = new StringBuilder();
        for (var digit = 0; digit < digits; digit++)
        {
            text.Append(' ', digits);
            for (var column = 1; column <= names.Length; column++)
                text.Append(' ').Append(column.ToString().PadLeft(digits)[digit]);
            text.Append('\n');
        }

        for (var row = 0; row < names.Length; row++)
        {
            text.Append((row + 1).ToString().PadLeft(digits));
            foreach (var destination in names)
                text.Append(' ').Append(Dot((names[row], destination)));
            var name = ShortText.Of(names[row], room);
            text.Append("  ").Append(name).Append('\n');
            if (name != Printable.Of(names[row]))
                cut.Append($"{row + 1} {Printable.Of(names[row])}\n");
        }

        text.Append(cut.Length > 0 ? "\n" : "").Append(cut);
        text.Append("\n● every port   ○ some ports   · none").Append(_undetermined.Count > 0 ? "   ? undetermined\n" : "\n");
        if (Names.Count > names.Length)
            text.Append($"The first {names.Length} of {Names.Count}. Narrow with -Namespace, -From and -To, or take -By Namespace.\n");
        return text.ToString();

        char Dot((string Source, string Destination) key) => _ports.TryGetValue(key, out var ports) && !ports.Set.IsEmpty ? (ports.Set.IsAll ? '●' : '○')
            : _undetermined.ContainsKey(key) ? '?'
            : '·';
    }

    private static string Qualified(string ns, string name, string kind) => kind switch
    {
        NetPolConnection.AddressesKind => Outside,
        Objects.Namespace.KindName or ConnectionEnd.IngressControllerKind => name,
        _ => $"{ns}/{name}",
    };
}
