using NetPolTools.Cni.Catalogue;

namespace NetPolTools.Cni;

/// <summary>Whether the cluster of an input enforces NetworkPolicies, by which plugin, on what evidence.</summary>
public sealed record CniVerdict
{
    /// <summary>The plugins found; none where nothing is recognised.</summary>
    public IReadOnlyList<DetectedPlugin> Plugins { get; init; } = [];

    public required Enforcement Enforced { get; init; }

    /// <summary>A sentence that says why.</summary>
    public required string Reason { get; init; }

    /// <summary>Objects that hint at plugins which nothing proves, such as CRDs that someone left behind.</summary>
    public IReadOnlyList<PluginEvidence> OtherHints { get; init; } = [];

    /// <summary>What a reader should know beyond the answer: two engines at once, leftovers.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    /// <summary>Whether the input tells anything of plugins.</summary>
    public bool IsRecognised => Plugins.Count > 0;

    /// <summary>Who connects pods: <c>Flannel</c>, <c>AWS VPC CNI</c>; a platform where it does itself.</summary>
    public IReadOnlyList<DetectedPlugin> Connecting => [.. Plugins.Where(static plugin => plugin.Role is PluginRole.Connects or PluginRole.Platform)];

    /// <summary>Who enforces policies, or would if it were ready or switched on.</summary>
    public IReadOnlyList<DetectedPlugin> Engines => [.. Plugins.Where(static plugin => plugin.Enforces is Enforcement.Yes or Enforcement.Partly)];

    /// <summary>Evidence of all plugins, proofs first.</summary>
    public IEnumerable<PluginEvidence> Evidence =>
        Plugins.SelectMany(static plugin => plugin.Evidence).Concat(OtherHints).OrderBy(static piece => piece.IsHint);

    /// <summary>The limits of the engines.</summary>
    public IEnumerable<AppliedLimit> Limits => Engines.SelectMany(static plugin => plugin.Limits);

    /// <summary>What to do about it; none where policies are enforced.</summary>
    public IEnumerable<string> Advice => Enforced is Enforcement.Yes or Enforcement.Partly
        ? []
        : Plugins.SelectMany(static plugin => plugin.Entry.Advice is { } advice ? new[] { advice } : []);

    /// <summary><c>Flannel 0.25.1 + kube-network-policies</c>.</summary>
    public string Names => Plugins.Count == 0 ? "none recognised" : string.Join(" + ", Plugins.Select(static plugin => plugin.ToString()));

    /// <summary>How far a feature works. Where nothing enforces, none does; where several engines do, what any of them does.</summary>
    public FeatureSupport Supports(PolicyFeature feature)
    {
        if (Enforced == Enforcement.No)
            return FeatureSupport.No;
        if (Enforced == Enforcement.Unknown)
            return FeatureSupport.Unknown;
        return Engines.Max(engine => engine.Limits
            .Where(limit => limit.Feature == feature)
            .Select(static limit => limit.Support)
            .DefaultIfEmpty(FeatureSupport.Yes)
            .Min());
    }
}
