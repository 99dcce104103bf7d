using NetPolTools.Linting;

namespace NetPolTools.Output;

/// <summary>A rule of lint.</summary>
public sealed class NetPolLintRule
{
    internal NetPolLintRule(LintRule rule)
    {
        RuleId = rule.Id;
        RuleName = rule.Name;
        Severity = rule.Severity.ToString();
        Needs = rule.Needs.ToString();
        Description = rule.Description;
        Why = rule.Why;
        Trouble = rule.Trouble;
        Cure = rule.Cure;
        IsOptIn = rule.IsOptIn;
        Expects = NetPolList.Names(Enum.GetValues<LintCompleteness>()
            .Where(kind => System.Numerics.BitOperations.IsPow2((int)kind) && rule.Expects.HasFlag(kind))
            .Select(static kind => kind.ToString()));
    }

    /// <summary>NP026; it never changes its meaning.</summary>
    public string RuleId { get; }

    /// <summary>open-ingress.</summary>
    public string RuleName { get; }

    /// <summary>Error, Warning or Note, unless the case at hand says otherwise.</summary>
    public string Severity { get; }

    /// <summary>What it looks at beside the policy: Policy for nothing else, Inventory, Reachability or Cluster.</summary>
    public string Needs { get; }

    /// <summary>What it finds.</summary>
    public string Description { get; }

    /// <summary>Why that matters, and when it is fine.</summary>
    public string Why { get; }

    /// <summary>Manifests that make it speak.</summary>
    public string Trouble { get; }

    /// <summary>The same, mended.</summary>
    public string Cure { get; }

    /// <summary>Whether it only speaks where -IncludeRule names it.</summary>
    public bool IsOptIn { get; }

    /// <summary>Of what the input must hold all there is: Workloads, Namespaces, Services. On other inputs the rule is silent.</summary>
    public NetPolList<string> Expects { get; }

    public override string ToString() => $"{RuleId} {RuleName}";
}
