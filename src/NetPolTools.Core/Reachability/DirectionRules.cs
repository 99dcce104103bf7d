namespace NetPolTools.Reachability;

/// <summary>The rule sets of one direction, for all of the cluster.</summary>
internal sealed class DirectionRules
{
    private readonly RuleSet?[] _byClass;

    /// <param name="parts">In the order of their classes.</param>
    /// <param name="selectableCount">Pods that policies can select.</param>
    public DirectionRules(IReadOnlyList<RuleSetMaker> parts, int selectableCount)
    {
        _byClass = new RuleSet?[selectableCount];
        var ruleSets = new List<RuleSet>();
        var blocks = new List<RuleBlock>();
        foreach (var part in parts)
        {
            part.ByClass.CopyTo(_byClass, part.Start);
            ruleSets.AddRange(part.RuleSets);
            foreach (var block in part.Blocks)
            {
                block.Number = blocks.Count;
                blocks.Add(block);
            }
        }

        RuleSets = [.. ruleSets];
        Blocks = [.. blocks];
    }

    /// <summary>Each once, by the first class that has it.</summary>
    public RuleSet[] RuleSets { get; }

    /// <summary>Those of the rule sets, each once, at its <see cref="RuleBlock.Number"/>.</summary>
    public RuleBlock[] Blocks { get; }

    /// <summary>Null where no policy isolates a class.</summary>
    public RuleSet? OfClass(int first) => _byClass[first];
}
