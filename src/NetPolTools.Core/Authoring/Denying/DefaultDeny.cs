using NetPolTools.Cni;
using NetPolTools.Diagnostics;
using NetPolTools.Explaining;
using NetPolTools.Objects;
using NetPolTools.Reachability;
using NetPolTools.Snapshot;
using NetPolTools.Validation;

namespace NetPolTools.Authoring.Denying;

/// <summary>
/// Makes the policies that close a namespace and leave some things open. Policies add up and none takes anything away, so what is left open comes as
/// policies of its own, to be removed one by one; or all in one, where that is asked for.
/// </summary>
public sealed class DefaultDeny
{
    private readonly DefaultDenyOptions _options;
    private readonly ClusterSnapshot _cluster;
    private readonly EndpointTable _endpoints;
    private readonly IngressControllerException? _ingressController;
    private readonly ReplacedPolicies _replaced;
    private readonly List<Diagnostic> _problems = [];
    private readonly HashSet<Diagnostic> _told = [];

    /// <summary>What every namespace leaves open alike: large clusters have thousands of them.</summary>
    private DenyException[]? _common;
    private bool _missesApiServer;

    /// <param name="options">What to close and what to leave open.</param>
    /// <param name="cluster">What is known of the cluster: where its DNS, its API server and its ingress controllers are. May hold nothing.</param>
    public DefaultDeny(DefaultDenyOptions options, ClusterSnapshot cluster)
    {
        _options = options;
        _cluster = cluster;
        _endpoints = EndpointTable.Create(cluster, AddressPartition.Create([]));
        _replaced = new ReplacedPolicies(cluster);
        if (options.IngressController is { } client)
            _ingressController = new IngressControllerException(client, cluster, _endpoints);
    }

    /// <summary>What the user should know of the policies made so far; an error where something asked for could not be done.</summary>
    public IReadOnlyList<Diagnostic> Problems => _problems;

    private bool ClosesIngress => _options.Direction.ClosesIngress();

    private bool ClosesEgress => _options.Direction.ClosesEgress();

    private string DenyName => _options.Name ?? _options.Direction switch
    {
        DenyDirection.Ingress => "default-deny-ingress",
        DenyDirection.Egress => "default-deny-egress",
        _ => "default-deny",
    };

    /// <summary>
    /// The policies for one namespace, the one that closes first. None, and a problem, where the API server would refuse them, or where they would
    /// close what was to be left open.
    /// </summary>
    public IReadOnlyList<NetworkPolicy> For(string ns)
    {
        _common ??= [.. Common()];
        if (_missesApiServer)
            return [];
        DenyException[] exceptions = [.. _common.Concat(Entering(ns)).Select(InClosedDirections).OfType<DenyException>()];
        if (_problems.Exists(static problem => problem.Id == DiagnosticId.UnknownAddress))
            return [];
        NetworkPolicy[] policies = _options.SinglePolicy
            ? [Policy(ns, DenyName, _options.Direction.PolicyTypes(), [.. exceptions.SelectMany(static e => e.Ingress)], [.. exceptions.SelectMany(static e => e.Egress)])]
            : [Policy(ns, DenyName, _options.Direction.PolicyTypes(), [], []), .. exceptions.Select(exception => Policy(ns, exception))];
        if (!policies.All(IsValid))
            return [];
        foreach (var replaced in _replaced.Among(policies))
            AddProblem(replaced);
        return policies;
    }

    private NetworkPolicy Policy(string ns, DenyException exception) => Policy(
        ns,
        _options.Name is null ? exception.Name : $"{_options.Name}-{exception.Name}",
        DenyDirectionExtensions.PolicyTypesOf(exception.Ingress.Count > 0, exception.Egress.Count > 0),
        exception.Ingress,
        exception.Egress);

    private NetworkPolicy Policy(string ns, string name, string[] types, IReadOnlyList<NetworkPolicyRule> ingress, IReadOnlyList<NetworkPolicyRule> egress) =>
        new(new ObjectMetadata { Name = name, Namespace = ns })
        {
            PodSelector = _options.PodSelector,
            PolicyTypes = types,
            Ingress = ingress.Count > 0 ? ingress : null,
            Egress = egress.Count > 0 ? egress : null,
        };

    /// <summary>What is left open, as far as it lies in a direction that is closed: the other one is open anyway. Null where nothing of it does.</summary>
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
            AddProblem(
                DiagnosticId.UnknownAddress,
                DiagnosticSeverity.Error,
                "The API server's address is not known; give it, or an input with the Endpoints or EndpointSlice default/kubernetes (kubectl get endpointslices -n default -o yaml).");
            return [];
        }

        var common = new List<DenyException>();
        if (_options.AllowDns)
            common.Add(DnsException.Of(_options.DnsProviders, _options.DnsAddresses, _cluster, _endpoints));
        if (_options.AllowSameNamespace)
            common.Add(SameNamespaceException.Of());
        if (apiServer is not null)
            common.Add(apiServer);
        if (_options.Monitoring is { } monitoring && Checked(MonitoringException.Of(monitoring, _cluster, _endpoints, out var isGuess), isGuess, "Prometheus") is { } scraping)
            common.Add(scraping);
        return common;
    }

    /// <summary>What lets the ingress controller in: it comes to other ports in each namespace.</summary>
    private IEnumerable<DenyException> Entering(string ns) =>
        _ingressController is not null && Checked(_ingressController.For(ns, out var isGuess), isGuess, "ingress controller") is { } entering ? [entering] : [];

    /// <summary>Tells where a client is not known, or only by its usual place.</summary>
    private DenyException? Checked(DenyException? exception, bool isGuess, string client)
    {
        if (!ClosesIngress)
            return exception;
        if (exception is null)
        {
            AddProblem(
                DiagnosticId.UnknownAddress,
                DiagnosticSeverity.Error,
                $"The {client} of the input uses its node's network, so no selector picks it, and the input names no addresses of nodes; give the Nodes as well (kubectl get nodes).");
        }
        else if (isGuess)
        {
            var peer = PeerText.Of(exception.Ingress[0].Peers![0]);
            AddProblem(DiagnosticId.NoMatch, DiagnosticSeverity.Warning, $"The input shows no {client} that is meant; let in are {peer}, where it may not be.");
        }

        return exception;
    }

    private void CheckOptions()
    {
        foreach (var problem in CniDiagnostics.OfNewPolicies(CniJudge.Judge(_cluster)))
            AddProblem(problem);
        if (!ClosesEgress)
            WarnOfNothing("DNS", _options.AllowDns);
        if (!ClosesEgress)
            WarnOfNothing("the API server", _options.AllowApiServer);
        if (!ClosesIngress)
            WarnOfNothing("the ingress controller", _options.IngressController is not null);
        if (!ClosesIngress)
            WarnOfNothing("monitoring", _options.Monitoring is not null);
        if (ClosesEgress && !_options.AllowDns)
        {
            AddProblem(
                DiagnosticId.DnsDenied,
                DiagnosticSeverity.Warning,
                "Egress is closed and DNS is not left open: pods will not find anything by name. Allow DNS, unless another policy does.");
        }
    }

    private void WarnOfNothing(string what, bool isAsked)
    {
        if (!isAsked)
            return;
        var direction = ClosesEgress ? "Ingress" : "Egress";
        AddProblem(DiagnosticId.InertRules, DiagnosticSeverity.Warning, $"{direction} stays open, so there is nothing to allow for {what}.");
    }

    private bool IsValid(NetworkPolicy policy)
    {
        var errors = NetworkPolicyRules.Check(policy);
        foreach (var error in errors)
            _problems.Add(new Diagnostic(DiagnosticId.InvalidValue, DiagnosticSeverity.Error, error.Message) { FieldPath = error.Path, Object = policy.Reference });
        return errors.Count == 0;
    }

    private void AddProblem(DiagnosticId id, DiagnosticSeverity severity, string message) => AddProblem(new Diagnostic(id, severity, message));

    /// <summary>Once, however many namespaces it holds for.</summary>
    private void AddProblem(Diagnostic problem)
    {
        if (_told.Add(problem))
            _problems.Add(problem);
    }
}
