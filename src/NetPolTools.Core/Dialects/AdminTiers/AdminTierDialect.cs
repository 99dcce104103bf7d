using System.Collections.Immutable;
using NetPolTools.Objects;
using NetPolTools.Policies;
using NetPolTools.Reading;
using NetPolTools.Validation;
using NetPolTools.Writing;

namespace NetPolTools.Dialects.AdminTiers;

/// <summary>The admin tiers of SIG Network: AdminNetworkPolicy, BaselineAdminNetworkPolicy and ClusterNetworkPolicy.</summary>
public sealed class AdminTierDialect : PolicyDialect
{
    public static readonly AdminTierDialect Instance = new();

    private AdminTierDialect()
    {
    }

    public override string Name => "admin tiers";

    public override ImmutableArray<PolicyResource> Resources { get; } =
    [
        .. AdminPolicyKind.All.Select(static kind => new PolicyResource(
            AdminPolicyKind.Group,
            kind.Name,
            kind.Plural,
            IsNamespaced: false,
            kind.Versions,
            "They decide before or behind NetworkPolicies, so the answer may be wrong where there are any.")),
    ];

    public override IEnumerable<TieredPolicy> Translate(TranslationContext context) =>
        context.Objects<AdminPolicy>().Select(policy => AdminTranslator.Translate(policy, context.Layout));

    public override ManifestMap? ManifestOf(PolicyObject found) => found is AdminPolicy policy ? AdminPolicyManifest.Of(policy) : null;

    public override IReadOnlyList<FieldError> Check(PolicyObject found) => found is AdminPolicy policy ? AdminPolicyRules.Check(policy) : [];

    internal override ObjectDraft NewDraft(PolicyResource resource) => new AdminPolicyDraft(AdminPolicyKind.All.Single(kind => kind.Name == resource.Kind));
}
