using NetPolTools.Authoring.ClusterPolicies;
using NetPolTools.Cni;
using NetPolTools.Cni.Catalogue;
using NetPolTools.Diagnostics;
using NetPolTools.Dialects.AdminTiers;
using NetPolTools.Objects;
using NetPolTools.Snapshot;

namespace NetPolTools.Authoring.Denying;

/// <summary>
/// Makes the one policy of the Baseline tier that closes namespaces of the whole cluster: what is left open first, then the deny. It decides only where no
/// NetworkPolicy isolates a pod, so whoever owns a namespace can open more with NetworkPolicies.
/// </summary>
public sealed class ClusterDefaultDeny
{
    private readonly DefaultDenyOptions _options;
    private readonly ClusterSnapshot _cluster;
    private readonly AdminPolicyKind _kind;
    private readonly DenyExceptions _exceptions;

    /// <param name="options">What to close and what to leave open; <see cref="DefaultDenyOptions.As"/> is one of the kinds of the admin tiers.</param>
    /// <param name="cluster">What is known of the cluster; may hold nothing.</param>
    public ClusterDefaultDeny(DefaultDenyOptions options, ClusterSnapshot cluster)
    {
        _options = options;
        _cluster = cluster;
        _kind = options.As switch
        {
            DenyPolicyKind.ClusterNetworkPolicy => AdminPolicyKind.ClusterNetworkPolicy,
            DenyPolicyKind.BaselineAdminNetworkPolicy => AdminPolicyKind.BaselineAdminNetworkPolicy,
            _ => throw new ArgumentException($"{options.As} is of one namespace.", nameof(options)),
        };
        _exceptions = new DenyExceptions(options, cluster);
    }

    /// <inheritdoc cref="DefaultDeny.Problems"/>
    public IReadOnlyList<Diagnostic> Problems => _exceptions.Problems;

    /// <summary>The policy for these namespaces alone.</summary>
    /// <param name="namespaces">One or more.</param>
    /// <returns>Null, and a problem, where there can be none that does as asked.</returns>
    public AdminPolicy? For(IReadOnlyList<string> namespaces) => Policy(namespaces, NamespaceSelectors.Named(namespaces));

    /// <summary>The policy for every namespace but the system namespaces: those of the input, and those that every cluster has.</summary>
    /// <inheritdoc cref="For" path="/returns"/>
    public AdminPolicy? ForAll()
    {
        string[] known = [.. _cluster.Namespaces.Select(static ns => ns.Name)];
        string[] spared = [.. SystemNamespaces.OfEveryCluster.Concat(known.Where(SystemNamespaces.Contains)).Distinct().Order(StringComparer.Ordinal)];
        return Policy([.. known.Except(spared)], NamespaceSelectors.NotNamed(spared));
    }

    private AdminPolicy? Policy(IReadOnlyCollection<string> namespaces, LabelSelector selector)
    {
        foreach (var problem in CniDiagnostics.OfNewPolicies(CniJudge.Judge(_cluster), Enum.Parse<PolicyFeature>(_kind.Name)))
            _exceptions.Add(problem);
        if (_options.AllowSameNamespace)
        {
            Add(DiagnosticId.Unselectable, DiagnosticSeverity.Error,
                $"A {_kind} cannot say 'the same namespace', so it cannot leave that open. Write NetworkPolicies for it.");
            return null;
        }

        if (_exceptions.For(namespaces) is not { } exceptions)
            return null;
        var policy = new AdminPolicy(_kind, new ObjectMetadata { Name = _options.Name ?? (_kind.Tier is null ? "default-deny" : AdminPolicyKind.BaselineName) })
        {
            Tier = _kind.Tier is null ? AdminPolicyKind.BaselineTier : null,
            Priority = _kind.HasPriority ? _options.Priority : null,
            Subject = _options.PodSelector.SelectsEverything
                ? new AdminSubject { Namespaces = selector }
                : new AdminSubject { Pods = new AdminPods(selector, _options.PodSelector) },
            Ingress = _options.Direction.ClosesIngress() ? [.. exceptions.SelectMany(Entering), Deny(EveryPod)] : null,
            Egress = _options.Direction.ClosesEgress() ? [.. exceptions.SelectMany(Leaving), Deny(EveryPod, EveryAddress)] : null,
        };
        if (!IsValid(policy))
            return null;
        if (_options.Direction.ClosesIngress())
        {
            Add(
                DiagnosticId.NotAsAsked,
                DiagnosticSeverity.Warning,
                $"A {_kind} can keep out pods alone: what comes from outside the cluster, from nodes and from hostNetwork pods stays open. NetworkPolicies "
                    + "close that too.");
        }

        foreach (var present in _cluster.PolicyObjects.OfType<AdminPolicy>().Where(present => present.Reference == policy.Reference))
            Replaces(present, policy);
        return policy;
    }

    private static AdminPeer EveryPod { get; } = new() { Namespaces = LabelSelector.Everything };

    private static AdminPeer EveryAddress { get; } = new() { Networks = ["0.0.0.0/0", "::/0"] };

    private static AdminRule Deny(params AdminPeer[] peers) => new() { Name = "default-deny", Action = "Deny", Peers = peers };

    /// <summary>What no selector picks comes from a node's address, which no rule of these kinds denies.</summary>
    private IEnumerable<AdminRule> Entering(DenyException exception) => Rules(exception, exception.Ingress, static peer => peer.IPBlock is null);

    private IEnumerable<AdminRule> Leaving(DenyException exception) => Rules(exception, exception.Egress, static _ => true);

    private IEnumerable<AdminRule> Rules(DenyException exception, IReadOnlyList<NetworkPolicyRule> rules, Func<NetworkPolicyPeer, bool> isPeer) =>
        from rule in rules
        let peers = (rule.Peers ?? []).Where(isPeer).ToArray()
        where peers.Length > 0
        select new AdminRule
        {
            Name = exception.Name,
            Action = _kind.HasProtocols ? "Accept" : "Allow",
            Peers = [.. peers.Where(static peer => peer.IPBlock is null).Select(Pods), .. Networks(peers)],
            Ports = ClusterPolicyPorts.Of(_kind, rule.Ports),
        };

    private static AdminPeer Pods(NetworkPolicyPeer peer) => peer.PodSelector is { } pods
        ? new AdminPeer { Pods = new AdminPods(peer.NamespaceSelector, pods) }
        : new AdminPeer { Namespaces = peer.NamespaceSelector };

    private static IEnumerable<AdminPeer> Networks(NetworkPolicyPeer[] peers) => peers
        .Select(static peer => peer.IPBlock?.Cidr)
        .OfType<string>()
        .Distinct()
        .Chunk(AdminPolicyKind.MostNetworks)
        .Select(static some => new AdminPeer { Networks = some });

    private bool IsValid(AdminPolicy policy)
    {
        var errors = AdminPolicyRules.Check(policy);
        foreach (var error in errors)
            _exceptions.Add(new Diagnostic(
                DiagnosticId.InvalidValue, DiagnosticSeverity.Error, error.Message)
            { FieldPath = error.Path, Object = policy.Reference });
        return errors.Count == 0;
    }

    private void Replaces(AdminPolicy present, AdminPolicy made)
    {
        if (SameDecisions.Are(present, [made]) && present.Priority == made.Priority)
            return;
        _exceptions.Add(new Diagnostic(DiagnosticId.ReplacesPolicy, DiagnosticSeverity.Warning, ReplacedPolicies.Message)
        {
            Object = present.Reference,
            Location = present.Location,
        });
    }

    private void Add(DiagnosticId id, DiagnosticSeverity severity, string message) => _exceptions.Add(new Diagnostic(id, severity, message));
}
