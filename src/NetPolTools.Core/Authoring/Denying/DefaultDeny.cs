using NetPolTools.Cni;
using NetPolTools.Explaining;
using NetPolTools.Objects;
using NetPolTools.Reachability;
using NetPolTools.Reading;
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
    private readonly List<Diagnostic> _problems = [];
    private Diagnostic[]? _notEnforced;

    /// <param name="options">What to close and what to leave open.</param>
    /// <param name="cluster">What is known of the cluster: where its DNS, its API server and its ingress controllers are. May hold nothing.</param>
    public DefaultDeny(DefaultDenyOptions options, ClusterSnapshot cluster)
    {
        _options = options;
        _cluster = cluster;
        _endpoints = EndpointTable.Create(cluster, AddressPartition.Create([]));
        if (options.IngressController is { } client)
            _ingressController = new IngressControllerException(client, cluster, _endpoints);
    }

    /// <summary>What the user should know of the policies made so far; an error where something asked for could not be done.</summary>
    public IReadOnlyList<Diagnostic> Problems => _problems;

    private bool ClosesIngress => _options.Direction != DenyDirection.Egress;

    private bool ClosesEgress => _options.Direction != DenyDirection.Ingress;

    private string[] PolicyTypes => [.. new[] { ClosesIngress ? "Ingress" : null, ClosesEgress ? "Egress" : null }.OfType<string>()];

    private string DenyName => _options.Name ?? _options.Direction switch
    {
        DenyDirection.Ingress => "default-deny-ingress",
        DenyDirection.Egress => "default-deny-egress",
        _ => "default-deny",
    };

    private bool MissesApiServer => _options.AllowApiServer && ClosesEgress
        && ApiServerException.Of(_options.ApiServerAddresses, _options.ApiServerPorts, _cluster) is null;

    /// <summary>
    /// The policies for one namespace, the one that closes first. None, and a problem, where the API server would refuse them, or where they would
    /// close what was to be left open.
    /// </summary>
    public IReadOnlyList<NetworkPolicy> For(string ns)
    {
        CheckOptions();
        if (MissesApiServer)
            return [];
        var exceptions = Exceptions(ns).ToArray();
        if (_problems.Exists(static problem => problem.Id == DiagnosticId.UnknownAddress))
            return [];
        NetworkPolicy[] policies = _options.SinglePolicy
            ? [Policy(ns, DenyName, PolicyTypes, [.. exceptions.SelectMany(static e => e.Ingress)], [.. exceptions.SelectMany(static e => e.Egress)])]
            : [Policy(ns, DenyName, PolicyTypes, [], []), .. exceptions.Select(exception => Policy(ns, exception))];
        if (!policies.All(IsValid))
            return [];
        _problems.AddRange(ReplacedPolicies.Among(policies, _cluster).Except(_problems));
        return policies;
    }

    private NetworkPolicy Policy(string ns, DenyException exception) => Policy(
        ns,
        _options.Name is null ? exception.Name : $"{_options.Name}-{exception.Name}",
        [.. new[] { exception.Ingress.Count > 0 ? "Ingress" : null, exception.Egress.Count > 0 ? "Egress" : null }.OfType<string>()],
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

    /// <summary>What is left open, as far as it lies in a direction that is closed: the other one is open anyway.</summary>
    private IEnumerable<DenyException> Exceptions(string ns) => AllExceptions(ns)
        .Select(exception => exception with { Ingress = ClosesIngress ? exception.Ingress : [], Egress = ClosesEgress ? exception.Egress : [] })
        .Where(static exception => exception.Ingress.Count + exception.Egress.Count > 0);

    private IEnumerable<DenyException> AllExceptions(string ns)
    {
        if (_options.AllowDns)
            yield return DnsException.Of(_options.DnsProviders, _options.DnsAddresses, _cluster, _endpoints);
        if (_options.AllowSameNamespace)
            yield return SameNamespaceException.Of();
        if (_options.AllowApiServer && ApiServerException.Of(_options.ApiServerAddresses, _options.ApiServerPorts, _cluster) is { } apiServer)
            yield return apiServer;
        if (_options.Monitoring is { } monitoring && Checked(MonitoringException.Of(monitoring, _cluster, _endpoints, out var guessed), guessed, "Prometheus") is { } scraping)
            yield return scraping;
        if (_ingressController is not null && Checked(_ingressController.For(ns, out var isGuess), isGuess, "ingress controller") is { } entering)
            yield return entering;
    }

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
        _notEnforced ??= [.. CniDiagnostics.OfNewPolicies(CniJudge.Judge(_cluster))];
        foreach (var problem in _notEnforced)
            AddProblem(problem.Id, problem.Severity, problem.Message);
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

        if (MissesApiServer)
        {
            AddProblem(
                DiagnosticId.UnknownAddress,
                DiagnosticSeverity.Error,
                "The API server's address is not known; give it, or an input with the Endpoints or EndpointSlice default/kubernetes (kubectl get endpointslices -n default -o yaml).");
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

    /// <summary>Once, however many namespaces it holds for.</summary>
    private void AddProblem(DiagnosticId id, DiagnosticSeverity severity, string message)
    {
        var problem = new Diagnostic(id, severity, message);
        if (!_problems.Contains(problem))
            _problems.Add(problem);
    }
}
