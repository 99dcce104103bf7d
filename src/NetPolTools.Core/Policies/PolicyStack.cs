using System.Collections.Immutable;
using NetPolTools.Diagnostics;
using NetPolTools.Objects;
using NetPolTools.Snapshot;

namespace NetPolTools.Policies;

/// <summary>
/// All policies of a cluster but its NetworkPolicies, translated, in the order in which an engine asks them. NetworkPolicies are many, only allow and stand
/// at one place, <see cref="EngineLayout.NetworkPolicies"/>, so they are not spelled out here.
/// </summary>
public sealed class PolicyStack
{
    private PolicyStack(EngineLayout layout, ImmutableArray<TieredPolicy> policies, IReadOnlyList<Diagnostic> diagnostics)
    {
        Layout = layout;
        Policies = policies;
        Diagnostics = diagnostics;
    }

    /// <summary>NetworkPolicies alone.</summary>
    public static readonly PolicyStack Empty = new(EngineLayout.Kubernetes, [], []);

    public EngineLayout Layout { get; }

    /// <summary>By tier, strand, order and name.</summary>
    public ImmutableArray<TieredPolicy> Policies { get; }

    /// <summary>NetworkPolicies that are among the policies, since the engine reads them otherwise than they are written. By reference.</summary>
    internal IReadOnlySet<NetworkPolicy> TakenOver { get; private init; } = new HashSet<NetworkPolicy>();

    /// <summary>What the translation had to say.</summary>
    public IReadOnlyList<Diagnostic> Diagnostics { get; }

    /// <param name="snapshot">The cluster.</param>
    /// <param name="layout">The engine.</param>
    /// <param name="takesPart">Whether the engine enforces an object; null where it enforces all.</param>
    public static PolicyStack Of(ClusterSnapshot snapshot, EngineLayout layout, Func<PolicyObject, bool>? takesPart = null)
    {
        if (snapshot.PolicyObjects.Count == 0 && layout.Own is null)
            return new PolicyStack(layout, [], []);
        var context = new TranslationContext(snapshot, layout, takesPart ?? (static _ => true));
        var dialects = snapshot.PolicyObjects.OfType<IDialectObject>().Select(static found => found.Dialect);
        var translated = (layout.Own is null ? dialects : dialects.Append(layout.Own))
            .Distinct()
            .OrderBy(static dialect => dialect.Name, StringComparer.Ordinal)
            .SelectMany(dialect => dialect.Translate(context))
            .ToList();
        var takenOver = new HashSet<NetworkPolicy>(ReferenceEqualityComparer.Instance);
        foreach (var (policy, instead) in layout.Own?.TakeOver(context) ?? [])
        {
            takenOver.Add(policy);
            translated.AddRange(instead);
        }

        return new PolicyStack(layout, InOrder(translated), context.Diagnostics) { TakenOver = takenOver };
    }

    /// <summary>The order in which policies are asked; where nothing says which comes first, by name, so that answers are stable.</summary>
    internal static ImmutableArray<TieredPolicy> InOrder(IEnumerable<TieredPolicy> policies)
    {
        // Ranks are few where policies are many.
        var byRank = new Dictionary<PolicyRank, List<TieredPolicy>>();
        var count = 0;
        foreach (var policy in policies)
        {
            if (!byRank.TryGetValue(policy.Rank, out var ofRank))
                byRank.Add(policy.Rank, ofRank = []);
            ofRank.Add(policy);
            count++;
        }

        var ordered = ImmutableArray.CreateBuilder<TieredPolicy>(count);
        foreach (var (_, ofRank) in byRank.OrderBy(static rank => rank.Key.Tier)
            .ThenBy(static rank => rank.Key.Strand, StringComparer.Ordinal)
            .ThenBy(static rank => rank.Key.Order)
            .ThenBy(static rank => rank.Key.TieBreaker, StringComparer.Ordinal))
        {
            ordered.AddRange(ByName(ofRank));
        }

        return ordered.MoveToImmutable();
    }

    /// <summary>Policies of a snapshot are in this order mostly.</summary>
    private static IEnumerable<TieredPolicy> ByName(List<TieredPolicy> policies)
    {
        for (var i = 1; i < policies.Count; i++)
        {
            if (Compare(policies[i - 1].Origin.Object, policies[i].Origin.Object) > 0)
                return policies.OrderBy(static policy => policy.Origin.Object, Comparer<KubernetesObject>.Create(Compare));
        }

        return policies;
    }

    private static int Compare(KubernetesObject a, KubernetesObject b)
    {
        var byKind = string.CompareOrdinal(a.Kind, b.Kind);
        var byNamespace = byKind != 0 ? byKind : string.CompareOrdinal(a.Metadata.Namespace, b.Metadata.Namespace);
        return byNamespace != 0 ? byNamespace : string.CompareOrdinal(a.Name, b.Name);
    }
}
