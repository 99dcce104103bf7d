using NetPolTools.Cni.Catalogue;

namespace NetPolTools.Cni;

/// <summary>A plugin that the input shows, or that was named.</summary>
public sealed record DetectedPlugin
{
    public required CatalogueEntry Entry { get; init; }

    public string Name => Entry.Name;

    public PluginVersion? Version { get; init; }

    /// <summary>Here, not in general: Cilium chained behind another plugin enforces only.</summary>
    public required PluginRole Role { get; init; }

    public required Enforcement Enforces { get; init; }

    /// <summary>Why it does or does not, in words that follow its name and a colon; null where it is simply so.</summary>
    public string? Because { get; init; }

    /// <summary>Objects that the input does not show, and that could say that it does not enforce: <c>ConfigMap cilium-config</c>.</summary>
    public IReadOnlyList<string> UnseenSwitches { get; init; } = [];

    /// <summary>The objects that prove it first, then hints.</summary>
    public IReadOnlyList<PluginEvidence> Evidence { get; init; } = [];

    /// <summary>How many of its agents are ready; null where the input does not say.</summary>
    public int? Ready { get; init; }

    /// <summary>On how many nodes its agents should run; null as with <see cref="Ready"/>.</summary>
    public int? Desired { get; init; }

    public IReadOnlyList<AppliedLimit> Limits { get; init; } = [];

    public IReadOnlyList<string> PolicyKinds { get; init; } = [];

    /// <summary><c>Cilium 1.16.1</c>.</summary>
    public override string ToString() => Version is null ? Name : $"{Name} {Version}";
}
