namespace NetPolTools.Reachability;

/// <summary>The rule sets of one direction, for all of the cluster.</summary>
internal sealed class DirectionRules
{
    private const int FewestInParallel = 256;

    private readonly RuleSet?[] _byClass;
    private readonly Lazy<GrantBlock[]> _blocks;

    /// <param name="parts">In the order of their classes.</param>
    /// <param name="endpointCount">All endpoints.</param>
    /// <param name="tiers">The policies beside NetworkPolicies; null for none.</param>
    public DirectionRules(IReadOnlyList<RuleSetBuilder> parts, int endpointCount, DirectionTiers? tiers)
    {
        Tiers = tiers;
        _byClass = new RuleSet?[endpointCount];
        var ruleSets = new List<RuleSet>();
        foreach (var part in parts)
        {
            part.ByClass.CopyTo(_byClass, part.Start);
            ruleSets.AddRange(part.RuleSets);
        }

        RuleSets = [.. ruleSets];
        DependsOnIPBlock = parts.Any(static part => part.DependsOnIPBlock);
        _blocks = new Lazy<GrantBlock[]>(() => Finish(parts));
    }

    /// <summary>Each once, by the first class that has it.</summary>
    public RuleSet[] RuleSets { get; }

    /// <summary>Those of the rule sets, each once, at its <see cref="GrantBlock.Number"/>.</summary>
    public GrantBlock[] Blocks => _blocks.Value;

    /// <inheritdoc cref="RuleSetBuilder.DependsOnIPBlock"/>
    public bool DependsOnIPBlock { get; }

    /// <summary>The policies beside NetworkPolicies; null for none.</summary>
    public DirectionTiers? Tiers { get; }

    /// <summary>Whether nothing is left open.</summary>
    public bool IsDetermined => Array.TrueForAll(RuleSets, static ruleSet => ruleSet.IsDetermined);

    /// <summary>Null where no policy selects a class.</summary>
    public RuleSet? OfClass(int first) => _byClass[first];

    private static GrantBlock[] Finish(IReadOnlyList<RuleSetBuilder> parts)
    {
        var isSmall = parts.Sum(static part => part.RuleSets.Count) < FewestInParallel;
        ParallelParts.ForEachPart(parts.Count, part => parts[part].Finish(), CancellationToken.None, isSmall);
        var blocks = new List<GrantBlock>();
        foreach (var part in parts)
        {
            foreach (var block in part.Blocks)
            {
                block.Number = blocks.Count;
                blocks.Add(block);
            }
        }

        return [.. blocks];
    }
}
