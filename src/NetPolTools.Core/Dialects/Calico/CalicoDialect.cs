using System.Collections.Immutable;
using NetPolTools.Policies;

namespace NetPolTools.Dialects.Calico;

/// <summary>Calico: its policies, tiers, network sets and host endpoints.</summary>
public sealed class CalicoDialect : PolicyDialect
{
    public static readonly CalicoDialect Instance = new();

    private CalicoDialect()
    {
    }

    public override string Name => "Calico";

    public override ImmutableArray<PolicyResource> Resources { get; } =
    [
        .. CalicoKind.All.SelectMany(static kind => new[]
        {
            new PolicyResource(CalicoKind.Group, kind.Name, kind.Plural, kind.IsNamespaced, [CalicoKind.Version], LackOf(kind)),
            new PolicyResource(CalicoKind.StorageGroup, kind.Name, kind.Plural, kind.IsNamespaced, [CalicoKind.StorageVersion], LackOf(kind)),
        }),
    ];

    public override IEnumerable<TieredPolicy> Translate(TranslationContext context) =>
        throw new NotSupportedException("The policies of Calico are read, and not yet translated.");

    private static string LackOf(CalicoKind kind)
    {
        if (kind.IsStaged)
            return "They have no effect, so only a preview of them lacks them.";
        return kind.IsPolicy ? "They decide beside NetworkPolicies, so the answer may be wrong where there are any."
            : "Calico's policies may name them, so the answer may be wrong where they do.";
    }
}
