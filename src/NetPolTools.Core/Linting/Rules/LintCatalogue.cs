using System.Collections.Immutable;

namespace NetPolTools.Linting.Rules;

/// <summary>All rules, by their ids.</summary>
public static class LintCatalogue
{
    public static ImmutableArray<LintRule> All { get; } =
    [
        new NP000Refused(),
        new NP001UnprotectedWorkload(),
        new NP002HalfProtected(),
        new NP003NoDefaultDeny(),
        new NP004NotEnforced(),
        new NP005FeatureIgnored(),
        new NP006HostNetworkSelected(),
        new NP007KnownCniBug(),
        new NP008SelectsNothing(),
        new NP009DeadPeer(),
        new NP010NamespaceLabelAbsent(),
        new NP011Contradiction(),
        new NP012NamedPortMissing(),
        new NP013PortUndeclared(),
        new NP014ServicePortUsed(),
        new NP015ServiceIPBlock(),
        new NP016PodIPBlock(),
        new NP017InertRules(),
        new NP018HalfOpen(),
        new NP019UnreachableService(),
        new NP020RedundantRule(),
        new NP021VacuousPolicy(),
        new NP022ExceptReopened(),
        new NP023SamePriority(),
        new NP024UnreachableAdminRule(),
        new NP025OverruledPolicy(),
        new NP026OpenIngress(),
        new NP027OpenEgress(),
        new NP028OrForAnd(),
        new NP029AnyNamespace(),
        new NP030PortEntryOpen(),
        new NP031AllPorts(),
        new NP032MetadataReachable(),
        new NP033ApiServerReachable(),
        new NP034NodeReachable(),
        new NP035InternetIngress(),
        new NP036ClusterInIPBlock(),
        new NP037SourceIPLost(),
        new NP038OneFamily(),
        new NP039AmbiguousCidr(),
        new NP040NoDns(),
        new NP041DnsUdpOnly(),
        new NP042DnsMisses(),
        new NP043EntranceCutOff(),
        new NP044WebhookCutOff(),
        new NP045ReplicasCutOff(),
        new NP046ScrapeCutOff(),
        new NP047DependencyCutOff(),
        new NP048ProbeCutOff(),
        new NP049TypesMissing(),
        new NP050DuplicateName(),
        new NP051NoNamespace(),
        new NP052DeadApi(),
        new NP053CalicoEndOfTier(),
        new NP054CalicoSameOrder(),
        new NP055CalicoHitsAll(),
        new NP056CalicoNotModelled(),
        new NP057CiliumFqdnNoDns(),
        new NP058CiliumPortAfterLb(),
        new NP059CiliumBrace(),
        new NP060UnusedSuppression(),
    ];

    /// <summary>By id or name, without regard to case; null where there is no such rule.</summary>
    public static LintRule? Find(string idOrName) => All.FirstOrDefault(rule =>
        rule.Id.Equals(idOrName, StringComparison.OrdinalIgnoreCase) || rule.Name.Equals(idOrName, StringComparison.OrdinalIgnoreCase));
}
