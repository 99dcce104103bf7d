using NetPolTools.Cni;
using NetPolTools.Diagnostics;
using NetPolTools.Objects;
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
    private readonly DenyExceptions _exceptions;
    private readonly ReplacedPolicies _replaced;

    /// <summary>Null where no policy is asked before NetworkPolicies.</summary>
    private readonly Lazy<TierCheck>? _tiers;
    private bool _isPluginTold;

    /// <param name="options">What to close and what to leave open.</param>
    /// <param name="cluster">What is known of the cluster: where its DNS, its API server and its ingress controllers are. May hold nothing.</param>
    public DefaultDeny(DefaultDenyOptions options, ClusterSnapshot cluster)
    {
        _options = options;
        _cluster = cluster;
        _exceptions = new DenyExceptions(options, cluster);
        _replaced = new ReplacedPolicies(cluster);
        if (cluster.PolicyObjects.Count > 0)
            _tiers = new Lazy<TierCheck>(() => new TierCheck(cluster));
    }

    /// <summary>What the user should know of the policies made so far; an error where something asked for could not be done.</summary>
    public IReadOnlyList<Diagnostic> Problems => _exceptions.Problems;

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
        TellOfPlugin();
        if (_exceptions.For([ns]) is not { } exceptions)
            return [];
        NetworkPolicy[] policies = _options.SinglePolicy
            ? [Policy(ns, DenyName, _options.Direction.PolicyTypes(), [.. exceptions.SelectMany(static e => e.Ingress)],
                [.. exceptions.SelectMany(static e => e.Egress)])]
            : [Policy(ns, DenyName, _options.Direction.PolicyTypes(), [], []), .. exceptions.Select(exception => Policy(ns, exception))];
        if (!policies.All(IsValid))
            return [];
        foreach (var replaced in _replaced.Among(policies))
            _exceptions.Add(replaced);
        foreach (var problem in _tiers?.Value.Find(ns, _options.Direction, policies) ?? [])
            _exceptions.Add(problem);
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

    private void TellOfPlugin()
    {
        if (_isPluginTold)
            return;
        _isPluginTold = true;
        foreach (var problem in CniDiagnostics.OfNewPolicies(CniJudge.Judge(_cluster)))
            _exceptions.Add(problem);
    }

    private bool IsValid(NetworkPolicy policy)
    {
        var errors = NetworkPolicyRules.Check(policy);
        foreach (var error in errors)
            _exceptions.Add(new Diagnostic(
                DiagnosticId.InvalidValue, DiagnosticSeverity.Error, error.Message)
            { FieldPath = error.Path, Object = policy.Reference });
        return errors.Count == 0;
    }
}
