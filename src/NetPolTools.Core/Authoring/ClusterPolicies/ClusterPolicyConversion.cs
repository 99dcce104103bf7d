using NetPolTools.Diagnostics;
using NetPolTools.Dialects.AdminTiers;
using NetPolTools.Objects;
using NetPolTools.Snapshot;
using NetPolTools.Validation;

namespace NetPolTools.Authoring.ClusterPolicies;

/// <summary>
/// The AdminNetworkPolicies and the BaselineAdminNetworkPolicy of a cluster as ClusterNetworkPolicies that decide the same. A tier is converted as a whole
/// or not at all: no API says which comes first, a policy of v1alpha1 or one of v1alpha2, so what would be left behind would have no order any more.
/// </summary>
public sealed class ClusterPolicyConversion
{
    private static readonly AdminPolicyKind Kind = AdminPolicyKind.ClusterNetworkPolicy;

    /// <summary>The last place of a tier, for what has no priority of its own.</summary>
    private const int LastPriority = 1000;

    private readonly List<Diagnostic> _problems = [];
    private readonly List<AdminPolicy> _policies = [];
    private readonly List<AdminPolicy> _replaced = [];
    private readonly HashSet<string> _names;

    /// <param name="cluster">Its admin policies are converted; what else it holds stays.</param>
    public ClusterPolicyConversion(ClusterSnapshot cluster)
    {
        AdminPolicy[] all = [.. cluster.PolicyObjects.OfType<AdminPolicy>()];
        _names = [.. all.Where(static policy => policy.PolicyKind == Kind).Select(static policy => policy.Name)];
        foreach (var tier in all.GroupBy(static policy => policy.IsBaseline).OrderBy(static tier => tier.Key))
            Convert([.. tier.Where(static policy => policy.PolicyKind != Kind).OrderBy(static policy => policy.Priority)],
                [.. tier.Where(static policy => policy.PolicyKind == Kind)]);
    }

    /// <summary>What was made, in the order in which it is asked.</summary>
    public IReadOnlyList<AdminPolicy> Policies => _policies;

    /// <summary>The policies that they take the place of.</summary>
    public IReadOnlyList<AdminPolicy> Replaced => _replaced;

    /// <summary>An error for each policy that was not converted, and what else is to be known.</summary>
    public IReadOnlyList<Diagnostic> Problems => _problems;

    private void Convert(AdminPolicy[] policies, AdminPolicy[] present)
    {
        if (policies.Length == 0)
            return;
        var made = new List<AdminPolicy>();
        var refused = new List<AdminPolicy>();
        foreach (var policy in policies)
        {
            if (Parts(policy, policies, present) is { } parts)
                made.AddRange(parts);
            else
                refused.Add(policy);
        }

        if (refused.Count == 0)
        {
            _policies.AddRange(made);
            _replaced.AddRange(policies);
            return;
        }

        foreach (var policy in policies.Except(refused))
            Refuse(policy, $"It could be converted alone, but then no API would say which comes first, it or {refused[0].Reference}, which cannot be.");
    }

    /// <returns>Null where it cannot be converted; the problems say why.</returns>
    private List<AdminPolicy>? Parts(AdminPolicy policy, AdminPolicy[] policies, AdminPolicy[] present)
    {
        var tier = policy.IsBaseline ? AdminPolicyKind.BaselineTier : AdminPolicyKind.AdminTier;
        if (present.Length > 0)
        {
            return Refuse(policy,
                $"{present[0].Reference} stands in the {tier} tier too. Today no API says which of the two comes first; converted, their priorities would.");
        }

        if (policies.FirstOrDefault(other => other != policy && other.Priority == policy.Priority) is { } equal)
            return Refuse(policy,
                $"{equal.Reference} has the priority {policy.Priority} too, and which of the two comes first is up to the network plugin. Give them "
                + "different ones first.");
        if (UnknownForm(policy) is { } form)
            return Refuse(policy, $"{form} is a form that a ClusterNetworkPolicy does not have.", form);

        var left = new List<FieldError>();
        AdminRule[][] ingress = [.. ConvertedRules.Of(policy.Rules(PolicyDirection.Ingress), "spec.ingress", left).Chunk(Kind.MostItems)];
        AdminRule[][] egress = [.. ConvertedRules.Of(policy.Rules(PolicyDirection.Egress), "spec.egress", left).Chunk(Kind.MostItems)];
        var count = Math.Max(1, Math.Max(ingress.Length, egress.Length));
        var first = policy.Priority ?? LastPriority - (count - 1);
        if (first + count - 1 > LastPriority || policies.Any(other => other != policy && other.Priority >= first && other.Priority < first + count))
            return Refuse(policy,
                $"It has more rules than one ClusterNetworkPolicy takes, {Kind.MostItems} in each direction, and needs the priorities {first} to "
                + $"{first + count - 1}, which are not all free.");

        List<AdminPolicy> parts = [.. Enumerable.Range(0, count).Select(i => new AdminPolicy(Kind, Metadata(policy, i))
        {
            Tier = tier,
            Priority = first + i,
            Subject = policy.Subject,
            Ingress = ingress.ElementAtOrDefault(i),
            Egress = egress.ElementAtOrDefault(i),
        })];
        if (parts.SelectMany(AdminPolicyRules.Check).FirstOrDefault() is { } error)
            return Refuse(policy, $"The server would refuse it as a ClusterNetworkPolicy: {error.Path}: {error.Message}", error.Path);
        if (!SameDecisions.Are(policy, parts))
            return Refuse(policy, "As a ClusterNetworkPolicy it would not decide the same.");
        _problems.AddRange(left.Select(rule => new Diagnostic(DiagnosticId.InertRules, DiagnosticSeverity.Warning, rule.Message)
        {
            Object = policy.Reference,
            FieldPath = rule.Path,
            Location = policy.Location,
        }));
        return parts;
    }

    /// <summary>Names of different kinds did not have to differ; now they do.</summary>
    private ObjectMetadata Metadata(AdminPolicy policy, int part)
    {
        var name = part == 0 ? policy.Name : $"{policy.Name}-{part + 1}";
        var free = name;
        for (var i = 1; !_names.Add(free); i++)
            free = policy.IsBaseline && i == 1 ? $"{name}-baseline" : $"{name}-{i + 1}";
        return new ObjectMetadata { Name = free, Labels = policy.Metadata.Labels, Annotations = policy.Metadata.Annotations };
    }

    private static string? UnknownForm(AdminPolicy policy)
    {
        foreach (var (direction, field, peersField) in new[] { (PolicyDirection.Ingress, "ingress", "from"), (PolicyDirection.Egress, "egress", "to") })
        {
            var rules = policy.Rules(direction);
            for (var r = 0; r < rules.Count; r++)
            {
                for (var p = 0; p < rules[r].Peers?.Count; p++)
                {
                    if (rules[r].Peers![p].IsUnknown)
                        return $"spec.{field}[{r}].{peersField}[{p}]";
                }

                for (var p = 0; p < rules[r].Ports?.Count; p++)
                {
                    if (rules[r].Ports![p].MemberCount == 0)
                        return $"spec.{field}[{r}].ports[{p}]";
                }
            }
        }

        return null;
    }

    private List<AdminPolicy>? Refuse(AdminPolicy policy, string why, string? path = null)
    {
        _problems.Add(new Diagnostic(DiagnosticId.NotConverted, DiagnosticSeverity.Error, $"Not converted. {why}")
        {
            Object = policy.Reference,
            FieldPath = path,
            Location = policy.Location,
        });
        return null;
    }
}
