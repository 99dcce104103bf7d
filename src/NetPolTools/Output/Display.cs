using System.Text;
using NetPolTools.Listing;
using NetPolTools.Objects;
using NetPolTools.Reports;
using NetPolTools.Sets;
using NetPolTools.Text;

namespace NetPolTools.Output;

/// <summary>What the format file's cells show: short texts for people. Everything else is in the objects' properties.</summary>
public static class Display
{
    private const string AllIPv4 = "0.0.0.0-255.255.255.255";
    private const string AllIPv6 = "::-ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff";

    private const int MatrixLimit = 30;

    /// <summary>The heading over a group of connections.</summary>
    public static string SourceGroup(NetPolConnection connection) => connection.SourceKind switch
    {
        NetPolConnection.AddressesKind => "outside the cluster",
        ConnectionEnd.IngressControllerKind => "not in the input",
        _ => connection.SourceNamespace,
    };

    /// <summary>The source within its group.</summary>
    public static string Source(NetPolConnection connection) =>
        connection.SourceKind == NetPolConnection.AddressesKind ? Addresses(connection.Source) : Printable.Of(connection.Source);

    /// <summary>The destination: <c>web</c> in the source's own namespace, <c>shop/web</c> in another.</summary>
    public static string Destination(NetPolConnection connection)
    {
        if (connection.DestinationKind == NetPolConnection.AddressesKind)
            return Addresses(connection.Destination);
        return Printable.Of(connection.DestinationNamespace == connection.SourceNamespace || connection.DestinationKind == Namespace.KindName
            ? connection.Destination
            : $"{connection.DestinationNamespace}/{connection.Destination}");
    }

    /// <summary>The ports, marked with * where a note says more.</summary>
    public static string Ports(NetPolConnection connection) =>
        connection.Verdict == nameof(Verdict.Denied) ? Paint(nameof(Verdict.Denied), "\e[31m")
        : (connection.Verdict == nameof(Verdict.Undetermined) ? Paint(nameof(Verdict.Undetermined), "\e[33m") + " " : "")
            + connection.Ports + (connection.Notes.Length > 0 ? " *" : "");

    /// <summary>A connection as a line, with its reasons below.</summary>
    public static string Explained(NetPolExplainedConnection connection)
    {
        var lines = connection.Explanation.Lines().Concat(connection.Notes.Select(static note => Printable.Of("note: " + note))).Select(static line => "    " + line);
        return $"{Printable.Of($"{connection} ({connection.Verdict})")}\n{string.Join('\n', lines)}\n";
    }

    /// <summary>A connection as one short text, for the wide view.</summary>
    public static string Arrow(NetPolConnection connection) => $"{Source(connection)} → {Destination(connection)}";

    /// <summary>The source of a change: <c>shop/web</c>.</summary>
    public static string Source(NetPolChange change) => End(change.SourceNamespace, change.Source, change.SourceKind);

    /// <summary>The destination of a change; nothing where an end came or went.</summary>
    public static string Destination(NetPolChange change) => End(change.DestinationNamespace, change.Destination, change.DestinationKind);

    /// <summary>The ports that came with +, those that went with -; marked with * where a note says more.</summary>
    public static string Ports(NetPolChange change) => string.Join(' ', new[]
    {
        change.PortsOpened.Set.IsEmpty ? "" : $"+{change.PortsOpened}",
        change.PortsClosed.Set.IsEmpty ? "" : $"-{change.PortsClosed}",
        change.Notes.Length > 0 ? "*" : "",
    }.Where(static part => part.Length > 0));

    /// <summary>
    /// Sources down, destinations across by number; a full dot for every port, an empty one for some, a small one for none. Names stand behind the
    /// cells, so that long ones leave those in line. Where there are more than fit a screen, the first ones and how to narrow.
    /// </summary>
    public static string Matrix(NetPolMatrix matrix)
    {
        var names = matrix.Names.Take(MatrixLimit).ToArray();
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
                text.Append(' ').Append(Cell(matrix.Ports(names[row], destination)));
            text.Append("  ").Append(Printable.Of(names[row])).Append('\n');
        }

        text.Append("\n● every port   ○ some ports   · none\n");
        if (matrix.Names.Count > names.Length)
            text.Append($"The first {names.Length} of {matrix.Names.Count}. Narrow with -Namespace, -From and -To, or take -By Namespace.\n");
        return text.ToString();

        static char Cell(NetPolPorts? ports) => ports is null || ports.Set.IsEmpty ? '·' : ports.Set.IsAll ? '●' : '○';
    }

    /// <summary>What proves a verdict, a line each, and what only hints.</summary>
    public static string Evidence(NetPolCniSupport support) =>
        string.Join('\n', support.Evidence.Select(static piece => piece.IsHint ? $"hint: {piece}" : piece.ToString()));

    /// <summary>The API groups of a plugin's own policies: their names are long.</summary>
    public static string PolicyGroups(NetPolCniPlugin plugin) => string.Join(", ", plugin.PolicyKinds.Select(CniTextWriter.GroupOf).Distinct());

    private static string End(string ns, string name, string kind) => kind switch
    {
        NetPolConnection.AddressesKind => Addresses(name),
        Namespace.KindName => Printable.Of(name),
        _ => Printable.Of(NetPolConnection.Qualified(ns, name)),
    };

    private static string Addresses(string addresses) => addresses switch
    {
        AllIPv4 => "any IPv4 address",
        AllIPv6 => "any IPv6 address",
        _ => string.Join(", ", addresses.Split(',').Select(CidrOrRange)),
    };

    private static string CidrOrRange(string addresses)
    {
        var dash = addresses.IndexOf('-');
        if (dash < 0)
            return addresses;
        var (first, last) = (NetAddress.Parse(addresses[..dash]), NetAddress.Parse(addresses[(dash + 1)..]));
        return new AddressRange(first.Family, first.Value, last.Value).ToCidrOrRange();
    }

    private static string Paint(string text, string color) => color + text + "\e[0m";
}
