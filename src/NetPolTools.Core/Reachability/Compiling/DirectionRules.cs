using NetPolTools.Sets;

namespace NetPolTools.Reachability;

/// <summary>The rule sets of one direction, for all of the cluster.</summary>
internal sealed class DirectionRules
{
    private const int FewestInParallel = 256;

    private readonly RuleSet?[] _byClass;
    private readonly Lazy<(GrantBlock[] Blocks, IndexSet[] Subjects)> _blocks;
    private RuleSet[]? _ruleSets;

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

        _ruleSets = [.. ruleSets];
        DependsOnIPBlock = parts.Any(static part => part.DependsOnIPBlock);
        _blocks = new Lazy<(GrantBlock[], IndexSet[])>(() => Finish(parts));
    }

    /// <summary>Those of another map, but for some classes.</summary>
    /// <param name="like">The others, of NetworkPolicies alone; what is in both is shared.</param>
    /// <param name="byClass">Those that there are now.</param>
    /// <param name="blocks">Their blocks.</param>
    public DirectionRules(DirectionRules like, RuleSet?[] byClass, ChangedBlocks blocks)
    {
        Tiers = like.Tiers;
        _byClass = byClass;
        DependsOnIPBlock = blocks.DependOnIPBlock;
        _blocks = new Lazy<(GrantBlock[], IndexSet[])>(blocks.Numbered);
    }

    /// <summary>Each once, by the first class that has it.</summary>
    public RuleSet[] RuleSets => _ruleSets ??= [.. _byClass.OfType<RuleSet>().Distinct()];

    /// <summary>Those of the rule sets, each once, at its <see cref="GrantBlock.Number"/>.</summary>
    public GrantBlock[] Blocks => _blocks.Value.Blocks;

    /// <inheritdoc cref="RuleSetBuilder.DependsOnIPBlock"/>
    public bool DependsOnIPBlock { get; }

    /// <summary>The policies beside NetworkPolicies; null for none.</summary>
    public DirectionTiers? Tiers { get; }

    /// <summary>Whether nothing is left open.</summary>
    public bool IsDetermined => Array.TrueForAll(RuleSets, static ruleSet => ruleSet.IsDetermined);

    /// <summary>Null where no policy selects a class.</summary>
    public RuleSet? OfClass(int first) => _byClass[first];

    /// <summary>The classes of endpoints whose rule sets have a block.</summary>
    /// <param name="number">Of the block.</param>
    public IndexSet SubjectsOf(int number) => _blocks.Value.Subjects[number];

    private static (GrantBlock[] Blocks, IndexSet[] Subjects) Finish(IReadOnlyList<RuleSetBuilder> parts)
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

        return ([.. blocks], [.. blocks.Select(static block => block.Subjects)]);
    }
}
