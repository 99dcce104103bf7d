namespace NetPolTools.Asking;

/// <summary>How much of a cluster a report shows; beyond, it counts. Rules, policies and findings are counted on its page alone.</summary>
public sealed record ReportLimits
{
    /// <summary>Workloads that stand in a matrix.</summary>
    public int MostWorkloads { get; init; } = 4000;

    /// <summary>Namespaces that stand in a matrix.</summary>
    public int MostNamespaces { get; init; } = 1000;

    /// <summary>Connections.</summary>
    public int MostLines { get; init; } = 2_000_000;

    /// <summary>Pairs of a subject's rules and a peer that are explained.</summary>
    public int MostReasons { get; init; } = 400_000;

    /// <summary>Rules that are asked about a peer, for all of those.</summary>
    public long MostAsked { get; init; } = 10_000_000;

    /// <summary>Rules that stand beside one connection, in each direction, and beside one line of exposure.</summary>
    public int MostRules { get; init; } = 50;

    /// <summary>Policies that stand beside one workload, in each direction.</summary>
    public int MostPolicies { get; init; } = 100;

    /// <summary>Findings of lint, the gravest first.</summary>
    public int MostFindings { get; init; } = 5000;

    /// <summary>Workloads whose exposure is told without being asked for: it costs several times what the rest of a report does.</summary>
    public int MostExposed { get; init; } = 500;
}
