using NetPolTools.Dialects.Cilium;
using NetPolTools.Objects;
using NetPolTools.Reachability;
using NetPolTools.Sets;

namespace NetPolTools.Linting;

/// <summary>Which pods ask DNS through Cilium's proxy, since a rule with <c>rules.dns</c> allows it to them.</summary>
internal sealed class CiliumProxiedDns
{
    private const string Section = ".egress";

    private readonly Dictionary<(ObjectReference Policy, string Rule), IndexSet> _subjects = [];
    private readonly HashSet<string?> _namespaces = [];
    private readonly IndexSet _led;

    /// <param name="map">With Cilium's policies in it.</param>
    public CiliumProxiedDns(ReachabilityMap map)
    {
        foreach (var policy in map.Tiered(PolicyDirection.Egress))
        {
            if (policy.Policy.Origin.Object is CiliumPolicy && !policy.Rules.IsEmpty)
                _subjects[(policy.Policy.Origin.Reference, RuleOf(policy.Rules[0].Rule.Origin.Path))] = policy.Subjects.Must;
        }

        var led = new List<IndexSet>();
        foreach (var policy in map.Snapshot.PolicyObjects.OfType<CiliumPolicy>())
        {
            foreach (var (path, rule) in policy.Rules())
            {
                if (rule.Egress?.Any(CiliumPolicyWarnings.LeadsDns) != true)
                    continue;
                _namespaces.Add(policy.Metadata.Namespace);
                if (_subjects.TryGetValue((policy.Reference, path), out var subjects))
                    led.Add(subjects);
            }
        }

        _led = IndexSet.UnionOf(led);
    }

    /// <summary>
    /// Whether all pods of a rule do. Where the input holds none of them, whether there is a rule that may be meant for them, in their namespace or for all.
    /// </summary>
    /// <param name="policy">Whose rule it is.</param>
    /// <param name="path">Of a field of the rule: <c>spec.egress[0].toFQDNs</c>.</param>
    public bool Covers(ObjectReference policy, string path) =>
        _subjects.TryGetValue((policy, RuleOf(path)), out var subjects) && !subjects.IsEmpty
            ? subjects.Except(_led).IsEmpty
            : _namespaces.Contains(policy.Namespace) || _namespaces.Contains(null);

    private static string RuleOf(string path) => path.IndexOf(Section, StringComparison.Ordinal) is >= 0 and var at ? path[..at] : path;
}
