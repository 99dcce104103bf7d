namespace NetPolTools.Cni.Catalogue;

/// <summary>What the catalogue knows of a network plugin, or of one way to run it.</summary>
public sealed record CatalogueEntry
{
    /// <summary>Lower case, as other entries refer to it.</summary>
    public required string Id { get; init; }

    public required string Name { get; init; }

    /// <summary>Other names that people look for.</summary>
    public IReadOnlyList<string> Aliases { get; init; } = [];

    public required PluginRole Role { get; init; }

    /// <summary>The id of the entry that this one is a form of: its rules, limits and policy kinds hold here too.</summary>
    public string? Basis { get; init; }

    /// <summary>The ids of entries that are not to be told beside this one: what they would see is a part of it.</summary>
    public IReadOnlyList<string> Covers { get; init; } = [];

    /// <summary>How it is recognised: one sign that is no hint is enough.</summary>
    public IReadOnlyList<(PluginSign Sign, PluginFact Fact)> Signs { get; init; } = [];

    /// <summary>Where one of these holds, another plugin connects the pods and this one only enforces.</summary>
    public IReadOnlyList<PluginClause> EnforcesOnlyWhen { get; init; } = [];

    /// <summary>The images whose tag is its version; empty where the kubelet's version is.</summary>
    public IReadOnlyList<string> VersionImages { get; init; } = [];

    /// <summary>Whether it enforces policies where no rule says otherwise; unknown where that depends on how it is installed.</summary>
    public required Enforcement Enforces { get; init; }

    /// <summary>The same in words for a list: <c>yes</c>, <c>no</c>, <c>with a policy engine beside it</c>.</summary>
    public required string Answer { get; init; }

    public required PluginFact Fact { get; init; }

    public IReadOnlyList<PluginRule> Rules { get; init; } = [];

    /// <summary>Its own kinds of policies, as <c>plural.group</c>.</summary>
    public IReadOnlyList<string> PolicyKinds { get; init; } = [];

    /// <summary>Objects with settings that change what its policies mean: reading keeps them for whoever translates the policies.</summary>
    public IReadOnlyList<PluginClause> Settings { get; init; } = [];

    public IReadOnlyList<PluginLimit> Limits { get; init; } = [];

    /// <summary>
    /// Where it says that ICMP and other protocols without ports are treated as rules say: allowed by a rule without ports, and by no other. Null where
    /// they are not, or where nobody read it.
    /// </summary>
    public string? IcmpByRules { get; init; }

    /// <summary>What to do where policies have no effect; null for nothing to say.</summary>
    public string? Advice { get; init; }

    public bool IsCalled(string name) =>
        Id.Equals(name, StringComparison.OrdinalIgnoreCase)
        || Name.Equals(name, StringComparison.OrdinalIgnoreCase)
        || Aliases.Any(alias => alias.Equals(name, StringComparison.OrdinalIgnoreCase));
}
