using System.Text;
using NetPolTools.Listing;
using NetPolTools.Text;

namespace NetPolTools.Output;

/// <summary>Connections as a square: who of these reaches whom. Outside addresses are one name.</summary>
public sealed class NetPolMatrix
{
    /// <summary>What the matrix calls all addresses outside the cluster.</summary>
    public const string Outside = AddressWords.InMatrix;

    private const int MostShown = 30;

    private readonly Dictionary<(string Source, string Destination), NetPolPorts> _ports = [];

    internal NetPolMatrix(IEnumerable<NetPolConnection> connections)
    {
        var names = new HashSet<string>();
        foreach (var connection in connections)
        {
            var source = Qualified(connection.SourceNamespace, connection.Source, connection.SourceKind);
            var destination = Qualified(connection.DestinationNamespace, connection.Destination, connection.DestinationKind);
            names.Add(source);
            names.Add(destination);

            // Outside is several lines, and its ports are those of any of them.
            _ports[(source, destination)] = _ports.TryGetValue((source, destination), out var before)
                ? new NetPolPorts(before.Set.Union(connection.Ports.Set))
                : connection.Ports;
        }

        Names = NetPolList.Names(names.OrderBy(static name => name == Outside).ThenBy(static name => name, StringComparer.Ordinal));
        Cells = NetPolList.Texts(
            from source in Names
            from destination in Names
            where _ports.ContainsKey((source, destination))
            select new NetPolMatrixCell(
                source, destination, _ports[(source, destination)]));
        Text = Draw();
    }

    /// <summary>namespace/name of everything that has a connection, in order; the outside last.</summary>
    public NetPolList<string> Names { get; }

    /// <summary>Every pair with a connection, row by row.</summary>
    public NetPolList<NetPolMatrixCell> Cells { get; }

    /// <summary>
    /// The matrix drawn: sources down, destinations across by number; a full dot for every port, an empty one for some, a small one for none. Names stand
    /// behind the cells, so that long ones leave those in line. Where there are more than fit a screen, the first ones and how to narrow.
    /// </summary>
    public string Text { get; }

    /// <summary>The ports from one to another; null where no connection was listed.</summary>
    public NetPolPorts? Ports(string source, string destination) => _ports.GetValueOrDefault((source, destination));

    public override string ToString() => Text;

    private string Draw()
    {
        var names = Names.Take(MostShown).ToArray();
        var digits = names.Length.ToString().Length;
        var text = new StringBuilder();
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
                text.Append(' ').Append(Dot(Ports(names[row], destination)));
            text.Append("  ").Append(Printable.Of(names[row])).Append('\n');
        }

        text.Append("\n● every port   ○ some ports   · none\n");
        if (Names.Count > names.Length)
            text.Append($"The first {names.Length} of {Names.Count}. Narrow with -Namespace, -From and -To, or take -By Namespace.\n");
        return text.ToString();

        static char Dot(NetPolPorts? ports) => ports is null || ports.Set.IsEmpty ? '·' : ports.Set.IsAll ? '●' : '○';
    }

    private static string Qualified(string ns, string name, string kind) => kind switch
    {
        NetPolConnection.AddressesKind => Outside,
        Objects.Namespace.KindName or ConnectionEnd.IngressControllerKind => name,
        _ => $"{ns}/{name}",
    };
}
