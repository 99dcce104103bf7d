using NetPolTools.Diagnostics;
using NetPolTools.Reachability;
using NetPolTools.Snapshot;

namespace NetPolTools.Authoring.Denying;

/// <summary>Works out what a default deny leaves open, and collects what is to be known of that.</summary>
internal sealed class DenyExceptions
{
    private readonly DefaultDenyOptions _options;
    private readonly ClusterSnapshot _cluster;
    private readonly EndpointTable _endpoints;
    private readonly IngressControllerException? _ingressController;
    private readonly List<Diagnostic> _problems = [];
    private readonly HashSet<Diagnostic> _told = [];

    /// <summary>What every namespace leaves open alike: large clusters have thousands of them.</summary>
    private DenyException[]? _common;
    private bool _missesApiServer;

    public DenyExceptions(DefaultDenyOptions options, ClusterSnapshot cluster)
    {
        _options = options;
        _cluster = cluster;
        _endpoints = EndpointTable.Create(cluster, AddressPartition.Create([]));
        if (options.IngressController is { } client)
            _ingressController = new IngressControllerException(client, cluster, _endpoints);
    }

    /// <summary>Each once, however many namespaces it holds for.</summary>
    public IReadOnlyList<Diagnostic> Problems => _problems;

    private bool ClosesIngress => _options.Direction.ClosesIngress();

    private bool ClosesEgress => _options.Direction.ClosesEgress();

    /// <summary>What these namespaces leave open, as far as it lies in a direction that is closed: the other one is open anyway.</summary>
    /// <param name="namespaces">They are closed by the same policies.</param>
    /// <returns>Null where something that was to be left open would be closed; the problems say what.</returns>
    public IReadOnlyList<DenyException>? For(IReadOnlyCollection<string> namespaces)
    {
        _common ??= [.. Common()];
        if (_missesApiServer)
            return null;
        DenyException[] exceptions = [.. _common.Concat(Entering(namespaces)).Select(InClosedDirections).OfType<DenyException>()];
        return _problems.Exists(static problem => problem.Id == DiagnosticId.UnknownAddress) ? null : exceptions;
    }

    public void Add(Diagnostic problem)
    {
        if (_told.Add(problem))
            _problems.Add(problem);
    }

    private DenyException? InClosedDirections(DenyException exception)
    {
        var closed = exception with { Ingress = ClosesIngress ? exception.Ingress : [], Egress = ClosesEgress ? exception.Egress : [] };
        return closed.Ingress.Count + closed.Egress.Count > 0 ? closed : null;
    }

    private List<DenyException> Common()
    {
        CheckOptions();
        var apiServer = _options.AllowApiServer ? ApiServerException.Of(_options.ApiServerAddresses, _options.ApiServerPorts, _cluster) : null;
        _missesApiServer = _options.AllowApiServer && ClosesEgress && apiServer is null;
        if (_missesApiServer)
        {
            Add(
                DiagnosticId.UnknownAddress,
                DiagnosticSeverity.Error,
                "The API server's address is not known; give it, or an input with the Endpoints or EndpointSlice default/kubernetes (kubectl get "
                    + "endpointslices -n default -o yaml).");
            return [];
        }

        var common = new List<DenyException>();
        if (_options.AllowDns)
            common.Add(DnsException.Of(_options.DnsProviders, _options.DnsAddresses, _cluster, _endpoints));
        if (_options.AllowSameNamespace)
            common.Add(SameNamespaceException.Of());
        if (apiServer is not null)
            common.Add(apiServer);
        if (_options.Monitoring is { } monitoring
            && Checked(MonitoringException.Of(monitoring, _cluster, _endpoints, out var isGuess), isGuess, "Prometheus") is { } scraping)
            common.Add(scraping);
        return common;
    }

    /// <summary>What lets the ingress controller in: it comes to other ports in each namespace.</summary>
    private IEnumerable<DenyException> Entering(IReadOnlyCollection<string> namespaces) =>
        _ingressController is not null && Checked(_ingressController.For(namespaces, out var isGuess), isGuess, "ingress controller") is { } entering
            ? [entering] : [];

    /// <summary>Tells where a client is not known, or only by its usual place.</summary>
    private DenyException? Checked(DenyException? exception, bool isGuess, string client)
    {
        if (!ClosesIngress)
            return exception;
        if (exception is null)
        {
            // Policies of the admin tiers cannot deny what comes from a node's address.
            if (_options.As != DenyPolicyKind.NetworkPolicy)
                return null;
            Add(
                DiagnosticId.UnknownAddress,
                DiagnosticSeverity.Error,
                $"The {client} of the input uses its node's network, so no selector picks it, and the input names no addresses of nodes; give the Nodes as "
                    + "well (kubectl get nodes).");
        }
        else if (isGuess)
        {
            var peer = exception.Ingress[0].Peers![0];
            Add(DiagnosticId.NoMatch, DiagnosticSeverity.Warning, $"The input shows no {client} that is meant; let in are {peer}, where it may not be.");
        }

        return exception;
    }

    private void CheckOptions()
    {
        if (ClosesEgress && !_options.AllowDns)
        {
            Add(
                DiagnosticId.DnsDenied,
                DiagnosticSeverity.Warning,
                "Egress is closed and DNS is not left open: pods will not find anything by name. Allow DNS, unless another policy does.");
        }
    }

    private void Add(DiagnosticId id, DiagnosticSeverity severity, string message) => Add(new Diagnostic(id, severity, message));
}
