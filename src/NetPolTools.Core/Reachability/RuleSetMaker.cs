using NetPolTools.Objects;
using NetPolTools.Sets;

namespace NetPolTools.Reachability;

/// <summary>Gives each class of endpoints the rule set of the policies it is under, in one direction: one for each combination of policies.</summary>
internal sealed class RuleSetMaker(EndpointTable endpoints, EndpointClasses classes, ReachabilityOptions options, CancellationToken cancellation)
{
    private const int FewBlocks = 4;
    private const int WorthPuttingTogether = 16;

    private readonly PortSetPool _ports = new();
    private readonly Dictionary<RuleBlock, IndexSet.Builder> _subjects = new(ReferenceEqualityComparer.Instance);

    /// <returns>By class; null where no policy isolates it.</returns>
    public RuleSet?[] Make(IReadOnlyList<PolicyGroup> groups, PolicyDirection direction)
    {
        var groupsOf = GroupsOf(groups);
        var ruleSets = new RuleSet?[endpoints.SelectableCount];
        var known = new Dictionary<RuleBlock[], RuleSet>(BlockSequence.Instance);
        for (var subject = 0; subject < ruleSets.Length; subject++)
        {
            if (groupsOf[subject] is not { } under)
                continue;
            cancellation.ThrowIfCancellationRequested();
            var blocks = new RuleBlock[under.Count];
            for (var i = 0; i < blocks.Length; i++)
                blocks[i] = BlockOf(under[i], subject);
            if (!known.TryGetValue(blocks, out var ruleSet))
                known.Add(blocks, ruleSet = new RuleSet(direction, [.. under], blocks, classes.Firsts, options.IPBlockMatchesPods));
            ruleSets[subject] = ruleSet;
        }

        foreach (var (block, subjects) in _subjects)
            block.Subjects = subjects.Build();
        PutTogether(known.Values);
        return ruleSets;
    }

    /// <summary>Blocks that many rule sets have in common become one, so that a question to a rule set looks at few.</summary>
    private void PutTogether(IEnumerable<RuleSet> ruleSets)
    {
        foreach (var alike in ruleSets.Where(static ruleSet => ruleSet.Blocks.Count > FewBlocks).GroupBy(Wide, BlockSequence.Instance))
        {
            if (alike.Key.Length < 2 || alike.Count() < WorthPuttingTogether)
                continue;
            var together = RuleBlock.Together(alike.Key, _ports);
            foreach (var ruleSet in alike)
                ruleSet.AskInstead([together, .. ruleSet.Blocks.Except(alike.Key)]);
        }

        static RuleBlock[] Wide(RuleSet ruleSet) => [.. ruleSet.Blocks.Where(static block => block.Subjects.Count >= WorthPuttingTogether)];
    }

    /// <summary>By class, the groups of policies that it is under.</summary>
    private List<PolicyGroup>?[] GroupsOf(IReadOnlyList<PolicyGroup> groups)
    {
        var groupsOf = new List<PolicyGroup>?[endpoints.SelectableCount];
        foreach (var group in groups)
        {
            foreach (var subject in group.Subjects)
            {
                if (classes.Of(subject) == subject)
                    (groupsOf[subject] ??= new List<PolicyGroup>(2)).Add(group);
            }
        }

        return groupsOf;
    }

    private RuleBlock BlockOf(PolicyGroup group, int subject)
    {
        if (group.Names.Count == 0)
        {
            var single = group.Block([], _ports);
            if (single.Subjects.IsEmpty)
                single.Subjects = group.Subjects.And(classes.Firsts);
            return single;
        }

        var meanings = new PortSet[group.Names.Count];
        for (var i = 0; i < meanings.Length; i++)
            meanings[i] = NamedPortIndex.On(endpoints[subject], group.Names[i].Name, group.Names[i].Protocol);
        var block = group.Block(meanings, _ports);
        if (!_subjects.TryGetValue(block, out var subjects))
            _subjects.Add(block, subjects = new IndexSet.Builder());
        subjects.Add(subject);
        return block;
    }

    private sealed class BlockSequence : IEqualityComparer<RuleBlock[]>
    {
        public static readonly BlockSequence Instance = new();

        public bool Equals(RuleBlock[]? x, RuleBlock[]? y) => x.AsSpan().SequenceEqual(y);

        public int GetHashCode(RuleBlock[] blocks)
        {
            var hash = default(HashCode);
            foreach (var block in blocks)
                hash.Add(System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(block));
            return hash.ToHashCode();
        }
    }
}
