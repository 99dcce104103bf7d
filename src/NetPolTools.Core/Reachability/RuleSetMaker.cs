using NetPolTools.Objects;
using NetPolTools.Sets;

namespace NetPolTools.Reachability;

/// <summary>
/// Gives each class of endpoints in some namespaces the rule set of the policies it is under, in one direction: one for each combination of policies.
/// </summary>
internal sealed class RuleSetMaker(
    EndpointTable endpoints, EndpointClasses classes, ReachabilityOptions options, PolicyDirection direction, CancellationToken cancellation)
{
    private const int FewBlocks = 4;
    private const int WorthPuttingTogether = 16;

    private readonly PortSetPool _ports = new();
    private readonly Dictionary<RuleBlock, IndexSet.Builder> _subjects = new(ReferenceEqualityComparer.Instance);
    private readonly List<RuleSet> _ruleSets = [];
    private readonly List<RuleBlock> _blocks = [];

    /// <summary>The first endpoint that was asked for.</summary>
    public int Start { get; private set; }

    /// <summary>By class, from <see cref="Start"/> on; null where no policy isolates it.</summary>
    public RuleSet?[] ByClass { get; private set; } = [];

    /// <summary>Each once, by the first class that has it.</summary>
    public IReadOnlyList<RuleSet> RuleSets => _ruleSets;

    /// <summary>Those of the rule sets, each once.</summary>
    public IReadOnlyList<RuleBlock> Blocks => _blocks;

    /// <param name="groups">Those of the endpoints' namespaces.</param>
    /// <param name="start">The first endpoint.</param>
    /// <param name="end">The one behind the last.</param>
    public void Make(IReadOnlyList<PolicyGroup> groups, int start, int end)
    {
        Start = start;
        ByClass = new RuleSet?[end - start];
        var under = GroupsOf(groups, end);
        var known = new Dictionary<RuleBlock[], RuleSet>(BlockSequence.Instance);
        for (var i = 0; i < ByClass.Length; i++)
        {
            var over = under[i];
            if (over.IsEmpty)
                continue;
            cancellation.ThrowIfCancellationRequested();
            var blocks = new RuleBlock[over.Length];
            for (var b = 0; b < blocks.Length; b++)
                blocks[b] = BlockOf(over[b], start + i);
            if (!known.TryGetValue(blocks, out var ruleSet))
            {
                known.Add(blocks, ruleSet = new RuleSet(direction, over.ToArray(), blocks, classes.Firsts, options.IPBlockMatchesPods));
                _ruleSets.Add(ruleSet);
            }

            ByClass[i] = ruleSet;
        }

        foreach (var (block, subjects) in _subjects)
            block.Subjects = subjects.Build();
        PutTogether();
    }

    /// <summary>Blocks that many rule sets have in common become one, so that a question to a rule set looks at few.</summary>
    private void PutTogether()
    {
        foreach (var alike in _ruleSets.Where(static ruleSet => ruleSet.Blocks.Length > FewBlocks).GroupBy(Wide, BlockSequence.Instance))
        {
            if (alike.Key.Length < 2 || alike.Count() < WorthPuttingTogether)
                continue;
            var together = RuleBlock.Together(alike.Key, _ports);
            foreach (var ruleSet in alike)
                ruleSet.AskInstead([together, .. ruleSet.Blocks.Except(alike.Key)]);
        }

        static RuleBlock[] Wide(RuleSet ruleSet) => [.. ruleSet.Blocks.Where(static block => block.Subjects.Count >= WorthPuttingTogether)];
    }

    /// <summary>The groups of policies that each class is under.</summary>
    private Buckets<PolicyGroup> GroupsOf(IReadOnlyList<PolicyGroup> groups, int end)
    {
        var under = new Buckets<PolicyGroup>(end - Start);
        foreach (var group in groups)
        {
            foreach (var subject in group.Subjects)
            {
                if (classes.Of(subject) == subject)
                    under.Announce(subject - Start);
            }
        }

        under.MakeRoom();
        foreach (var group in groups)
        {
            foreach (var subject in group.Subjects)
            {
                if (classes.Of(subject) == subject)
                    under.Put(subject - Start, group);
            }
        }

        return under;
    }

    private RuleBlock BlockOf(PolicyGroup group, int subject)
    {
        if (!group.HasNames)
        {
            var single = group.Block(_ports);
            if (single.Subjects.IsEmpty)
            {
                single.Subjects = group.Subjects.And(classes.Firsts);
                _blocks.Add(single);
            }

            return single;
        }

        var meanings = new PortSet[group.Names.Count];
        for (var i = 0; i < meanings.Length; i++)
            meanings[i] = NamedPortIndex.On(endpoints[subject], group.Names[i].Name, group.Names[i].Protocol);
        var block = group.Block(meanings, _ports);
        if (!_subjects.TryGetValue(block, out var subjects))
        {
            _subjects.Add(block, subjects = new IndexSet.Builder());
            _blocks.Add(block);
        }

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
