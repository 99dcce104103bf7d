namespace NetPolTools.Benchmarks;

/// <summary>How large a generated cluster is, and of what form.</summary>
/// <param name="Name">What the command line calls it.</param>
/// <param name="Namespaces">How many.</param>
/// <param name="Apps">Of each namespace.</param>
/// <param name="Pods">Of each app; none for a Deployment without pods.</param>
/// <param name="Policies">Of each namespace.</param>
/// <param name="Blocks">How many ipBlocks of its own each rule has beside its other peers.</param>
/// <param name="GlobalPolicies">How many of Calico's GlobalNetworkPolicies there are beside all that, in ten tiers.</param>
internal sealed record ClusterShape(string Name, int Namespaces, int Apps, int Pods, int Policies, int Blocks = 0, int GlobalPolicies = 0)
{
    /// <summary>2,000 workloads under 800 policies: what a peer that loops over pairs takes four minutes for.</summary>
    public static ClusterShape Workloads => new("workloads", 80, 25, 0, 10);

    /// <summary>Many small namespaces: 100,000 pods under 75,000 policies.</summary>
    public static ClusterShape Fleet => new("fleet", 25_000, 4, 1, 3);

    /// <summary>The same fleet under 2,000 GlobalNetworkPolicies of Calico in 10 tiers too.</summary>
    public static ClusterShape CalicoFleet => Fleet with { Name = "calico-fleet", GlobalPolicies = 2_000 };

    /// <summary>One namespace of 10,000 pods, each under thousands of 10,000 policies.</summary>
    public static ClusterShape Monolith => new("monolith", 1, 10_000, 1, 10_000);

    /// <summary>1,000 namespaces of 100 pods with rules across them.</summary>
    public static ClusterShape Mesh => new("mesh", 1_000, 20, 5, 10);

    /// <summary>Some 50,000 different ipBlocks.</summary>
    public static ClusterShape AddressBlocks => new("blocks", 500, 4, 1, 2, Blocks: 50);

    /// <summary>Two pods, each under tens of thousands of 100,000 policies.</summary>
    public static ClusterShape FewPods => new("few-pods", 1, 2, 1, 100_000);

    public static IReadOnlyList<ClusterShape> All => [Workloads, Fleet, CalicoFleet, Monolith, Mesh, AddressBlocks, FewPods];

    public static ClusterShape Named(string name) =>
        All.FirstOrDefault(shape => shape.Name == name)
            ?? throw new ArgumentException($"There is no case '{name}'; expected {string.Join(", ", All.Select(static s => s.Name))}.");

    /// <summary>How many values the label team has: five namespaces to each.</summary>
    public int Teams() => Math.Max(2, Namespaces / 5);

    /// <summary>The same form at another size: more namespaces, or, where there is but one, more in it.</summary>
    public ClusterShape Scaled(double by) => Namespaces > 1
        ? this with { Namespaces = (int)(Namespaces * by) }
        : this with { Apps = Math.Max(2, (int)(Apps * by)), Policies = (int)(Policies * by) };
}
