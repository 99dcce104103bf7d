using NetPolTools.Objects;
using NetPolTools.Sets;

namespace NetPolTools.Reachability;

/// <summary>
/// Gives each class of endpoints in some namespaces the rule set of the policies it is under, in one direction: one for each combination of policies.
/// </summary>
internal sealed class RuleSetBuilder(
    EndpointTable endpoints,
    EndpointClasses classes,
    TrafficScope traffic,
    PolicyDirection direction,
    DirectionTiers? tiers,
    bool isAtMost,
    CancellationToken cancellation)
{
    private const int FewBlocks = 4;
    private const int WorthPuttingTogether = 16;

    private readonly PortSetPool _ports = new();
    private readonly Intersections _common = new();
    private readonly Dictionary<GrantBlock, IndexSet.Builder> _subjects = new(ReferenceEqualityComparer.Instance);
    private readonly List<RuleSet> _ruleSets = [];
    private readonly List<GrantBlock> _blocks = [];

    private bool _isFinished;

    /// <summary>What is left of blocks under tiers, and copies of those that stay whole: a block is one map's.</summary>
    private readonly Dictionary<(GrantBlock Block, NormalForm? Under), GrantBlock> _under = [];

    /// <summary>What the API of NetworkPolicies leaves open, with everybody; only what may be allowed has it.</summary>
    private readonly GrantBlock? _leftOpen = isAtMost && !traffic.LeftOpen.IsEmpty
        ? new GrantBlock(GrantTable.Create([new Grant(traffic.LeftOpen, IndexSet.Range(0, endpoints.Count))], new PortSetPool()))
        : null;
    private readonly Dictionary<NormalForm, GrantBlock> _ofTiers = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<GrantTable, GrantBlock> _ofParts = new(ReferenceEqualityComparer.Instance);

    /// <summary>The first endpoint that was asked for.</summary>
    public int Start { get; private set; }

    /// <summary>By class, from <see cref="Start"/> on; null where no policy isolates it.</summary>
    public RuleSet?[] ByClass { get; private set; } = [];

    /// <summary>Each once, by the first class that has it.</summary>
    public IReadOnlyList<RuleSet> RuleSets => _ruleSets;

    /// <summary>Those of the rule sets, each once, when the builder has finished.</summary>
    public IReadOnlyList<GrantBlock> Blocks => _blocks;

    /// <summary>Whether answers may depend on ipBlocks matching pods, as far as tiers above leave these to NetworkPolicies.</summary>
    public bool DependsOnIPBlock { get; private set; }

    /// <summary>Whether there is nothing but NetworkPolicies and all that they grant is granted.</summary>
    private bool IsWhole => tiers is null && !isAtMost;

    /// <param name="groups">Those of the endpoints' namespaces.</param>
    /// <param name="start">The first endpoint.</param>
    /// <param name="end">The one behind the last.</param>
    public void Make(IReadOnlyList<SubjectGroup> groups, int start, int end)
    {
        Start = start;
        ByClass = new RuleSet?[end - start];
        var under = GroupsOf(groups, end);
        var known = new Dictionary<object[], RuleSet>(ItemsComparer.Instance);
        for (var i = 0; i < ByClass.Length; i++)
        {
            var over = under[i];
            var form = tiers?.Fold(start + i, over);
            if (over.IsEmpty && form is null)
                continue;
            cancellation.ThrowIfCancellationRequested();
            var (subject, whole) = (start + i, WholeOf(over, start + i));
            object[] key = form is null ? whole : [form, .. whole];
            if (!known.TryGetValue(key, out var ruleSet))
            {
                DependsOnIPBlock |= Array.Exists(whole, static block => block.DependsOnIPBlock);
                known.Add(key, ruleSet = Make(subject, over, whole, form));
                _ruleSets.Add(ruleSet);
            }

            ByClass[i] = ruleSet;
        }

        if (IsWhole)
            Finish();
    }

    /// <summary>Makes the blocks of all rule sets that have not been asked yet, and finds their subjects.</summary>
    public void Finish()
    {
        if (_isFinished)
            return;
        _isFinished = true;
        for (var i = 0; i < ByClass.Length && !IsWhole; i++)
        {
            foreach (var block in ByClass[i]?.Blocks ?? [])
                AddSubject(block, Start + i);
        }

        foreach (var (block, subjects) in _subjects)
            block.Subjects = subjects.Build();
        PutTogether();
    }

    private RuleSet Make(int subject, ReadOnlySpan<SubjectGroup> groups, GrantBlock[] whole, DeferredForm? form) =>
        new(direction, groups.ToArray(), form, () => Make(whole, form?.Value), classes.Representatives) { Tiered = tiers?.Of(subject) ?? [] };

    private RuleBlocks Make(GrantBlock[] whole, NormalForm? form)
    {
        if (IsWhole)
            return new RuleBlocks(whole, 0, IndexSet.Empty);
        lock (_under)
        {
            var shared = form?.Shared is { } broad ? BlocksOf(whole, broad) : [];
            foreach (var block in shared)
                block.IsShared = true;
            GrantBlock[] blocks = shared.Length == 0 ? BlocksOf(whole, form) : [.. shared, .. BlocksOf(whole, form)];
            return new RuleBlocks(blocks, shared.Length, form?.OwnPeers ?? IndexSet.Empty);
        }
    }

    /// <summary>Blocks that many rule sets have in common become one, so that a question to a rule set looks at few.</summary>
    private void PutTogether()
    {
        var ofMany = _ruleSets.Where(static ruleSet => ruleSet.Blocks.Length > FewBlocks && ruleSet.SharedCount == 0);
        foreach (var alike in ofMany.GroupBy<RuleSet, GrantBlock[]>(Wide, ItemsComparer.Instance))
        {
            if (alike.Key.Length < 2 || alike.Count() < WorthPuttingTogether)
                continue;
            var together = GrantBlock.Together(alike.Key, _ports);
            foreach (var ruleSet in alike)
                ruleSet.AskInstead([together, .. ruleSet.Blocks.Except(alike.Key)]);
        }

        static GrantBlock[] Wide(RuleSet ruleSet) => [.. ruleSet.Blocks.Where(static block => block.Subjects.Count >= WorthPuttingTogether)];
    }

    /// <summary>The policy groups that select each class.</summary>
    private GroupedArray<SubjectGroup> GroupsOf(IReadOnlyList<SubjectGroup> groups, int end)
    {
        var under = new GroupedArray<SubjectGroup>(end - Start);
        foreach (var pass in under.Filling)
        {
            foreach (var group in groups)
            {
                foreach (var subject in group.Subjects)
                {
                    if (classes.ClassOf(subject) == subject)
                        pass.Add(subject - Start, group);
                }
            }
        }

        return under;
    }

    /// <summary>What NetworkPolicies grant a subject where nothing stands above them; there, its blocks are told of their subjects.</summary>
    private GrantBlock[] WholeOf(ReadOnlySpan<SubjectGroup> groups, int subject)
    {
        var blocks = new GrantBlock[groups.Length];
        for (var b = 0; b < blocks.Length; b++)
        {
            var group = groups[b];
            blocks[b] = group.BlockOf(endpoints[subject], _ports);
            if (group.HasNames)
            {
                if (IsWhole)
                    AddSubject(blocks[b], subject);
                continue;
            }

            if (!IsWhole || !blocks[b].Subjects.IsEmpty)
                continue;
            blocks[b].Subjects = group.Subjects.Intersect(classes.Representatives);
            _blocks.Add(blocks[b]);
        }

        return blocks;
    }

    private GrantBlock[] BlocksOf(GrantBlock[] whole, NormalForm? form)
    {
        var left = form is null || form.PerhapsLeftToMain.Length > 0 ? whole : [];
        var leftOpen = left.Length == 0 ? null : _leftOpen;
        var ofForm = form is null ? 0 : form.Parts.Length + (form.Parts.Length > 0 && form.Allowed.IsEmpty ? 0 : 1);
        var blocks = new GrantBlock[left.Length + (leftOpen is null ? 0 : 1) + ofForm];
        for (var b = 0; b < left.Length; b++)
            blocks[b] = Under(left[b], form);
        if (leftOpen is not null)
            blocks[left.Length] = Under(leftOpen, form);
        for (var p = 0; p < form?.Parts.Length; p++)
        {
            var grants = isAtMost ? form.Parts[p].Possible : form.Parts[p].Sure;
            if (!_ofParts.TryGetValue(grants, out var part))
                _ofParts.Add(grants, part = new GrantBlock(grants));
            blocks[blocks.Length - ofForm + p] = part;
        }

        if (form is not null && ofForm > form.Parts.Length)
        {
            if (!_ofTiers.TryGetValue(form, out var block))
                _ofTiers.Add(form, block = new GrantBlock(isAtMost ? form.Possible : form.Allowed));
            blocks[^1] = block;
        }

        return blocks;
    }

    private GrantBlock Under(GrantBlock whole, NormalForm? form)
    {
        if (form is { LeavesEverything: true, Shared: null })
            form = null;
        if (!_under.TryGetValue((whole, form), out var left))
            _under.Add((whole, form), left = whole.Under(form is null ? null : isAtMost ? form.PerhapsLeftToMain : form.LeftToMain, _ports, _common));
        return left;
    }

    private void AddSubject(GrantBlock block, int subject)
    {
        if (!_subjects.TryGetValue(block, out var subjects))
        {
            _subjects.Add(block, subjects = new IndexSet.Builder());
            _blocks.Add(block);
        }

        subjects.Add(subject);
    }
}
