using NetPolTools.Listing;

namespace NetPolTools.Output;

/// <summary>Connections as a square: who of these reaches whom. Outside addresses are one name.</summary>
public sealed class NetPolMatrix
{
    /// <summary>What the matrix calls all addresses outside the cluster.</summary>
    public const string Outside = "(outside)";

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

        Names = [.. names.OrderBy(static name => name == Outside).ThenBy(static name => name, StringComparer.Ordinal)];
    }

    /// <summary>namespace/name of everything that has a connection, in order; the outside last.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>The ports from one to another; null where no connection was listed.</summary>
    public NetPolPorts? Ports(string source, string destination) => _ports.GetValueOrDefault((source, destination));

    public override string ToString() => Display.Matrix(this);

    private static string Qualified(string ns, string name, string kind) => kind switch
    {
        NetPolConnection.AddressesKind => Outside,
        Objects.Namespace.KindName or ConnectionEnd.IngressControllerKind => name,
        _ => $"{ns}/{name}",
    };
}
