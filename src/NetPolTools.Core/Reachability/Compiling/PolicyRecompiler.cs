using NetPolTools.Objects;
using NetPolTools.Sets;
using NetPolTools.Snapshot;

namespace NetPolTools.Reachability;

/// <summary>
/// Compiles a cluster that is like one that is compiled but for some NetworkPolicies, as many are that are tried: rule sets are made anew for the pods that
/// these policies select, and everything else is that of the other cluster.
/// </summary>
internal sealed class PolicyRecompiler
{
    private readonly ReachabilityMap _like;
    private readonly PolicyChanges _changes;
    private readonly Direction _ingress;
    private readonly Direction _egress;

    private PolicyRecompiler(ReachabilityMap like, PolicyChanges changes)
    {
        (_like, _changes) = (like, changes);
        (_ingress, _egress) = (new Direction(this, PolicyDirection.Ingress, like.Ingress), new Direction(this, PolicyDirection.Egress, like.Egress));
    }

    /// <returns>Null where the whole has to be compiled: something else is different too, there are policies of other kinds, or other addresses have to
    /// be told apart.</returns>
    public static ReachabilityMap? TryCompile(ReachabilityMap like, ClusterSnapshot snapshot, ReachabilityOptions options, CancellationToken cancellation)
    {
        if (!IsPossible(like, options) || PolicyChanges.Between(like.Snapshot, snapshot) is not { } changes
            || !HaveSameEndpoints(like, snapshot, changes, cancellation))
        {
            return null;
        }

        cancellation.ThrowIfCancellationRequested();
        return new PolicyRecompiler(like, changes).Compile(snapshot, options, cancellation);
    }

    private static bool IsPossible(ReachabilityMap like, ReachabilityOptions options) =>
        !like.IsRecompiled && like.Stack.Policies.IsEmpty && like.Stack.TakenOver.Count == 0 && like.AtMost is null && like.Traffic.LeftOpen.IsEmpty
        && options.NotEnforcedBecause is null && options.Layout.Own is null
        && like.Options with { Caveats = options.Caveats, IPv6Caveat = options.IPv6Caveat } == options;

    /// <summary>Whether the endpoints are the very same: no range of addresses is to be cut otherwise, and no namespace is new.</summary>
    private static bool HaveSameEndpoints(ReachabilityMap like, ClusterSnapshot snapshot, PolicyChanges changes, CancellationToken cancellation)
    {
        if (changes.Added.Any(added => like.Endpoints.FindNamespace(added.Policy.Namespace) is null))
            return false;
        var (gone, added) = (BlocksOf(changes.Gone), BlocksOf(changes.Added));
        if (gone.Count + added.Count == 0)
            return true;

        // Where blocks do not match nodes, the addresses of these are cut out too, wherever there is any block.
        var addresses = like.Endpoints.Addresses;
        return like.Options.IPBlockMatchesNodes && added.All(block => addresses.Cuts(AddressPartition.ParseCidr(block)))
            && (gone.IsSubsetOf(added) || AddressPartition.Create(snapshot.NetworkPolicies, cancellation).Ranges.SequenceEqual(addresses.Ranges));

        static HashSet<string> BlocksOf(IEnumerable<(int Position, NetworkPolicy Policy)> policies) =>
            [.. policies.SelectMany(static found => found.Policy.IPBlocks()).SelectMany(static block => block.Except.Prepend(block.Cidr))];
    }

    private ReachabilityMap Compile(ClusterSnapshot snapshot, ReachabilityOptions options, CancellationToken cancellation)
    {
        var splitters = ClassSplitters.Sets([_ingress.Splitters, _egress.Splitters], cancellation);
        var classes = _like.Classes.Refined(_like.Endpoints.PodCount, splitters);
        return new ReachabilityMap(
            snapshot, options, _like.Endpoints, classes, _like.Stack, _like.Traffic, _ingress.Rules(classes), _egress.Rules(classes), null, _like);
    }

    /// <summary>One direction of all that is changed.</summary>
    private sealed class Direction
    {
        private readonly PolicyDirection _direction;
        private readonly ReachabilityMap _map;
        private readonly DirectionRules _like;
        private readonly int[] _gone;
        private readonly IndexSetAccumulator _subjects;

        /// <summary>The policies that come in, by their subjects.</summary>
        private readonly Dictionary<IndexSet, SubjectGroup> _added;
        private readonly PortSetPool _ports = new();

        /// <summary>What becomes of groups that change; null for nothing.</summary>
        private readonly Dictionary<SubjectGroup, SubjectGroup?> _changed = new(ReferenceEqualityComparer.Instance);

        /// <summary>By the numbers of blocks, whether their groups stay as they are: nearly all do, and each is asked about for every subject it has.</summary>
        private readonly bool[] _isSame;

        /// <summary>The groups of the subject that is looked at, and their blocks.</summary>
        private readonly List<SubjectGroup> _groups = [];
        private readonly List<GrantBlock> _granted = [];

        public Direction(PolicyRecompiler all, PolicyDirection direction, DirectionRules like)
        {
            (_direction, _map, _like) = (direction, all._like, like);
            _isSame = new bool[like.Blocks.Length];
            var isolating = all._changes.Gone.Where(gone => gone.Policy.Isolates(direction)).ToArray();
            _gone = [.. isolating.Select(static gone => gone.Position)];
            _subjects = new IndexSetAccumulator(_map.Endpoints.Count);
            foreach (var (_, policy) in isolating)
                _subjects.Add(_map.Peers.Pods(_map.Endpoints.NumberOfNamespace(policy.Namespace), policy.PodSelector));
            var grouper = new SubjectGrouper(_map.Peers, _map.NamedPorts, _map.Traffic, direction, _map.Options);
            foreach (var (position, policy) in all._changes.Added)
                grouper.Add(position, policy, _map.Endpoints.NumberOfNamespace(policy.Namespace));
            foreach (var group in grouper.Groups)
                _subjects.Add(group.Subjects);
            (_added, Splitters) = (grouper.Groups.ToDictionary(static group => group.Subjects), grouper.Splitters);
        }

        public ClassSplitters Splitters { get; }

        /// <summary>The rules of everybody, by classes that no group of subjects cuts.</summary>
        public DirectionRules Rules(EndpointClasses classes)
        {
            var byClass = new RuleSet?[_map.Endpoints.Count];
            foreach (var representative in classes.Representatives)
                byClass[representative] = _like.OfClass(_map.Classes.ClassOf(representative));
            var ruleSets = new Dictionary<object[], RuleSet?>(ItemsComparer.Instance);
            var blocks = new ChangedBlocks(_like, _map.Classes, classes);
            foreach (var subject in _subjects.ToSet().Intersect(classes.Representatives))
            {
                FindGroupsOf(subject, byClass[subject], blocks);
                GrantBlock[] granted = [.. _granted];
                if (!ruleSets.TryGetValue(granted, out var ruleSet))
                    ruleSets.Add(granted, ruleSet = granted.Length == 0 ? null : Make([.. _groups], granted, classes));
                byClass[subject] = ruleSet;
            }

            return new DirectionRules(_like, byClass, blocks);
        }

        private RuleSet Make(SubjectGroup[] groups, GrantBlock[] blocks, EndpointClasses classes) =>
            new(_direction, groups, null, () => new RuleBlocks(blocks, 0, IndexSet.Empty), classes.Representatives);

        /// <summary>Finds the groups that a subject is in now, each with its block.</summary>
        /// <param name="subject">A class.</param>
        /// <param name="was">Its rule set before; null for none.</param>
        /// <param name="blocks">Is told what is other than before.</param>
        private void FindGroupsOf(int subject, RuleSet? was, ChangedBlocks blocks)
        {
            _groups.Clear();
            _granted.Clear();
            for (var i = 0; i < was?.Groups.Length; i++)
            {
                var (group, block) = (was.Groups[i], was.Blocks[i]);
                if (IsSame(group, block, out var changed))
                {
                    _groups.Add(group);
                    _granted.Add(block);
                    continue;
                }

                blocks.Remove(block);
                if (changed is not null)
                    Add(changed);
            }

            foreach (var (subjects, group) in _added)
            {
                if (subjects.Contains(subject) && !HasGroupOf(was, subjects))
                    Add(group);
            }

            static bool HasGroupOf(RuleSet? ruleSet, IndexSet subjects)
            {
                for (var i = 0; i < ruleSet?.Groups.Length; i++)
                {
                    if (ruleSet.Groups[i].Subjects.Equals(subjects))
                        return true;
                }

                return false;
            }

            void Add(SubjectGroup group)
            {
                var block = group.BlockOf(_map.Endpoints[subject], _ports);
                blocks.Add(block, subject);
                _groups.Add(group);
                _granted.Add(block);
            }
        }

        /// <param name="group">A group that there was.</param>
        /// <param name="block">One of its blocks.</param>
        /// <param name="changed">What becomes of it where that is something else; null for nothing.</param>
        private bool IsSame(SubjectGroup group, GrantBlock block, out SubjectGroup? changed)
        {
            changed = null;
            if (_isSame[block.Number])
                return true;
            if (!_changed.TryGetValue(group, out changed))
            {
                changed = group.Changed(_gone, _added.GetValueOrDefault(group.Subjects));
                if (changed == group)
                    return _isSame[block.Number] = true;
                _changed.Add(group, changed);
            }

            return false;
        }
    }
}
