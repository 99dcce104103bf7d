using System.Text;
using NetPolTools.Diagnostics;
using NetPolTools.Dialects;
using NetPolTools.Listing;
using NetPolTools.Objects;
using NetPolTools.Reachability;
using NetPolTools.Reading;
using NetPolTools.Sets;
using NetPolTools.Snapshot;
using NetPolTools.Validation;
using NetPolTools.Yaml;

namespace NetPolTools.Tests.Support;

/// <summary>A cluster described by manifests, and short questions about it.</summary>
internal sealed class Cluster
{
    private readonly ReachabilityOptions _options;
    private ReachabilityMap? _map;

    private Cluster(ClusterSnapshot snapshot, ReachabilityOptions? options)
    {
        Snapshot = snapshot;
        _options = options ?? new ReachabilityOptions();
    }

    public ClusterSnapshot Snapshot { get; }

    public ReachabilityMap Map => _map ??= ReachabilityMap.Compile(Snapshot, _options);

    public IReadOnlyList<Diagnostic> Diagnostics => Snapshot.Diagnostics;

    public IEnumerable<Diagnostic> Errors => Diagnostics.Where(static d => d.Severity == DiagnosticSeverity.Error);

    /// <summary>Reads YAML documents, or JSON where the text begins with a brace, as a file named <c>input</c>.</summary>
    public static Cluster Of(
        string manifests, ReachabilityOptions? options = null, string defaultNamespace = "default", KubernetesVersion? version = null)
    {
        var builder = new ClusterSnapshotBuilder();
        Reader(builder, defaultNamespace, version).Read(new MemoryStream(Encoding.UTF8.GetBytes(manifests)), "input");
        return new Cluster(builder.Build(), options);
    }

    /// <summary>Reads files, folders or wildcards.</summary>
    public static Cluster OfPaths(params string[] paths)
    {
        var builder = new ClusterSnapshotBuilder();
        var reader = Reader(builder, "default");
        foreach (var path in paths)
            reader.ReadPath(path);
        return new Cluster(builder.Build(), null);
    }

    /// <summary>The same with these applied.</summary>
    public Cluster With(IEnumerable<KubernetesObject> applied) => new(Snapshot.With(applied), _options);

    public static ManifestReader Reader(IManifestSink sink, string defaultNamespace, KubernetesVersion? version = null) => new(
        sink,
        AllDialects.Kinds,
        new ManifestReaderOptions(static (text, file) => new YamlTokenReader(text, file)) { DefaultNamespace = defaultNamespace, KubernetesVersion = version });

    /// <summary>
    /// The ports allowed from one end to another, such as <c>TCP 80</c>, <c>All</c> or <c>None</c>. Ends are patterns that pick exactly one thing:
    /// <c>web</c>, <c>shop/web</c>, <c>pod/web-1</c>, <c>10.0.0.1</c>.
    /// </summary>
    public string Ports(string from, string to, GroupBy by = GroupBy.Pod)
    {
        var query = new ConnectionQuery { By = by, From = [EndpointPattern.Parse(from)], To = [EndpointPattern.Parse(to)], IncludeDenied = true };
        return Assert.Single(List(query)).Ports.ToString();
    }

    public IReadOnlyList<Connection> List(ConnectionQuery? query = null) => [.. new ConnectionLister(Map, query ?? new ConnectionQuery()).List()];

    /// <summary>The connections to one destination as <c>source -> destination ports</c>, in the order listed; without the outside.</summary>
    public IReadOnlyList<string> LinesTo(string to, bool denied = false)
    {
        var query = new ConnectionQuery { To = [EndpointPattern.Parse(to)], IncludeDenied = denied };
        return [.. List(query).Where(static line => line.Source.Addresses is null).Select(static line => $"{line.Source} -> {line.Destination} {line.Ports}")];
    }

    /// <summary>What there is to know of an answer.</summary>
    public IReadOnlyList<Diagnostic> DiagnosticsOf(ConnectionQuery query) => new ConnectionLister(Map, query).Diagnostics;

    /// <summary>Whether a port of a protocol is allowed from one end to another.</summary>
    public bool Allows(string from, string to, int port, Protocol protocol = Protocol.TCP)
    {
        var query = new ConnectionQuery { By = GroupBy.Pod, From = [EndpointPattern.Parse(from)], To = [EndpointPattern.Parse(to)], IncludeDenied = true };
        return Assert.Single(List(query)).Ports.Contains(protocol, port);
    }
}
