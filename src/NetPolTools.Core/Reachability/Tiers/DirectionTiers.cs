using System.Collections.Concurrent;
using System.Collections.Immutable;
using NetPolTools.Objects;
using NetPolTools.Policies;
using NetPolTools.Sets;

namespace NetPolTools.Reachability;

/// <summary>
/// The policies beside NetworkPolicies in one direction: which of them each class of endpoints is under, and what they come to. Thread safe.
/// </summary>
internal sealed class DirectionTiers
{
    // Beyond so many policies that may select a subject or not, each of their rules is taken to match or not by itself, which finds undetermined a little
    // more than is.
    private const int MostOpen = 6;

    // Where there are fewer combinations of policies than so many times those of broad ones, what comes out of the broad ones would be used too seldom.
    private const int LeastUse = 2;

    // Parts of keys, made once: there is a key for each class.
    private const string Alone = "alone";
    private const string NotAlone = "beside NetworkPolicies";
    private static readonly ImmutableArray<string> Words = ["no", "yes", "perhaps"];

    private readonly TieredPolicyCompiler _compiler;
    private readonly ImmutableArray<CompiledPolicy> _policies;
    private readonly Func<NetworkPolicy, ImmutableArray<CompiledPolicy>> _compile;
    private readonly EngineLayout _layout;
    private readonly IndexSet _everyone;
    private readonly PortSet _everything;
    private readonly PeerAtoms _single;
    private readonly Lazy<PeerAtoms> _atoms;
    private readonly ConcurrentDictionary<object[], Lazy<IReadOnlyList<TierEffect>>> _effects = new(ItemsComparer.Instance);
    private readonly ConcurrentDictionary<object[], Lazy<IReadOnlyList<IReadOnlyList<TieredPolicy>>>> _ends = new(ItemsComparer.Instance);
    private readonly ConcurrentDictionary<object[], DeferredForm> _forms = new(ItemsComparer.Instance);
    private readonly ConcurrentDictionary<int, ImmutableArray<CompiledPolicy>> _networkPolicies = new();

    /// <summary>By class, the policies that select it or may; null for none.</summary>
    private PoliciesOfClass?[] _under = [];

    /// <param name="compiler">Looks up names.</param>
    /// <param name="policies">In the order of a <see cref="PolicyStack"/>.</param>
    /// <param name="compile">Gives a NetworkPolicy as one policy among others.</param>
    /// <param name="layout">Where NetworkPolicies stand.</param>
    /// <param name="everyone">All endpoints.</param>
    /// <param name="unknownPod">The one of which nothing is known.</param>
    /// <param name="everything">All traffic that is looked at.</param>
    public DirectionTiers(
        TieredPolicyCompiler compiler,
        ImmutableArray<CompiledPolicy> policies,
        Func<NetworkPolicy, ImmutableArray<CompiledPolicy>> compile,
        EngineLayout layout,
        IndexSet everyone,
        int unknownPod,
        PortSet everything)
    {
        _compiler = compiler;
        _policies = policies;
        _compile = compile;
        _layout = layout;
        _everyone = everyone;
        _everything = everything;
        _single = PeerAtoms.Single(everyone);
        _atoms = new Lazy<PeerAtoms>(() => new PeerAtoms(policies, everyone.Count));
        ToCome = new PoliciesToCome(compiler, policies, layout, everything, isByNode => isByNode ? _single : _atoms.Value, unknownPod);
    }

    /// <summary>All of them, in order.</summary>
    public ImmutableArray<CompiledPolicy> Policies => _policies;

    /// <summary>What the policies do with pods that are not there yet.</summary>
    public PoliciesToCome ToCome { get; }

    /// <summary>Whether policies of this direction select what is no selectable pod.</summary>
    public bool SelectsOthers(int selectableCount) => _policies.Any(policy => !policy.Subjects.May.Slice(selectableCount, int.MaxValue).IsEmpty);

    /// <summary>Every set whose members the policies treat differently from others.</summary>
    public ClassSplitters Splitters(NamedPortIndex namedPorts)
    {
        var splitters = new ClassSplitters();
        foreach (var set in _policies.Any(static policy => policy.GoesByNode) ? _compiler.NodeSplitters() : [])
            splitters.Add(set);
        foreach (var policy in _policies)
        {
            splitters.Add(policy.Subjects);
            foreach (var rule in policy.Rules)
            {
                splitters.Add(rule.Only);
                splitters.Add(rule.EachPeer);
                foreach (var piece in rule.IsCutByNames ? rule.Pieces : [])
                    splitters.Add(piece.Peers);
                foreach (var (name, protocol) in rule.SubjectNames)
                {
                    foreach (var (_, pods) in namedPorts.Groups(name, protocol))
                        splitters.Add(_compiler.Both(policy.Subjects.May, pods));
                }
            }
        }

        return splitters;
    }

    /// <summary>Finds the policies of each class. To be called once, before anything is asked.</summary>
    public void Assign(EndpointClasses classes, int endpointCount)
    {
        var parts = Parts();
        var under = new GroupedArray<AdditivePart>(endpointCount);
        foreach (var pass in under.Filling)
        {
            foreach (var part in parts)
            {
                foreach (var subject in part.Policies[0].Subjects.May)
                {
                    if (classes.ClassOf(subject) == subject)
                        pass.Add(subject, part);
                }
            }
        }

        var known = new Dictionary<AdditivePart[], PoliciesOfClass>(ItemsComparer.Instance);
        var all = new List<PoliciesOfClass>();
        _under = new PoliciesOfClass?[endpointCount];
        for (var c = 0; c < endpointCount; c++)
        {
            if (!under[c].IsEmpty)
                _under[c] = Known(under[c]);
        }

        FindBroad(all, Known);

        PoliciesOfClass Known(ReadOnlySpan<AdditivePart> of)
        {
            if (of.Length == 1)
                return of[0].ByItself ??= Make([of[0]]);
            var key = of.ToArray();
            return known.TryGetValue(key, out var same) ? same : known[key] = Make(key);
        }

        PoliciesOfClass Make(AdditivePart[] of)
        {
            CompiledPolicy[] policies = of.Length == 1
                ? of[0].Policies
                : [.. of.SelectMany(static part => part.Positions).Order().Select(i => _policies[i])];
            var made = new PoliciesOfClass(policies, of, _layout);
            all.Add(made);
            return made;
        }
    }

    /// <summary>The policies by their subjects: thousands may have the same, and most classes are under the same policies.</summary>
    private List<AdditivePart> Parts()
    {
        var numbers = new Dictionary<IndexSet, int>(_policies.Length, ReferenceEqualityComparer.Instance);
        foreach (var policy in _policies)
            numbers.TryAdd(policy.Subjects.May, numbers.Count);
        var positions = new GroupedArray<int>(numbers.Count);
        foreach (var pass in positions.Filling)
        {
            for (var i = 0; i < _policies.Length; i++)
                pass.Add(numbers[_policies[i].Subjects.May], i);
        }

        var parts = new List<AdditivePart>(numbers.Count);
        for (var p = 0; p < numbers.Count; p++)
        {
            var of = positions[p].ToArray();
            parts.Add(new AdditivePart(_compiler, Array.ConvertAll(of, i => _policies[i]), of));
        }

        return parts;
    }

    /// <summary>Parts the policies of each class in broad ones and its own, where the broad ones are the same for many.</summary>
    private void FindBroad(List<PoliciesOfClass> known, PoliciesOf ofParts)
    {
        PoliciesOfClass[] all = [.. known.Where(static policies => !policies.GoByNode && !policies.OnlyAllow)];
        if (all.Length == 0)
            return;
        var broad = new HashSet<PoliciesOfClass>(ReferenceEqualityComparer.Instance);
        var wideParts = known.SelectMany(static policies => policies.Parts).Distinct().Where(IsBroad).ToHashSet();
        foreach (var policies in all)
        {
            AdditivePart[] wide = Array.FindAll(policies.Parts, wideParts.Contains);
            if (wide.Length == policies.Parts.Length)
                continue;
            var of = ofParts(wide);
            broad.Add(of);
            policies.Broad = new BroadPolicies(policies, of);
        }

        if (LeastUse * broad.Count <= all.Length)
            return;
        foreach (var policies in all)
            policies.Broad = null;
    }

    private delegate PoliciesOfClass PoliciesOf(ReadOnlySpan<AdditivePart> parts);

    // Between the number of all endpoints and one: a policy for a namespace is not broad in a cluster of many, and one for a tier of a namespace that is all
    // there is.
    private bool IsBroad(AdditivePart part)
    {
        var subjects = (long)part.Policies[0].Subjects.May.Count;
        return subjects * subjects >= 4L * _everyone.Count;
    }

    /// <inheritdoc cref="TieredPolicyCompiler.PortsOn"/>
    public PortMatch PortsOn(int destination, CompiledRule rule) => _compiler.PortsOn(destination, rule);

    /// <summary>The policies that select a class, or may; in order.</summary>
    public IReadOnlyList<CompiledPolicy> Of(int ofClass) => _under[ofClass]?.All ?? [];

    /// <summary>
    /// What the policies of a class come to, one object for classes that are under the same; null where it is under none. The walk is made when the answer is
    /// first needed.
    /// </summary>
    /// <param name="ofClass">The subject.</param>
    /// <param name="groups">Its NetworkPolicies.</param>
    public DeferredForm? Fold(int ofClass, ReadOnlySpan<SubjectGroup> groups)
    {
        if (_under[ofClass] is not { } policies)
            return null;
        if (policies.OnlyAllow && (policies.DenyByDefault || !groups.IsEmpty) && policies.SelectForSure(ofClass))
            return Added(ofClass, policies, !groups.IsEmpty);
        List<CompiledPolicy> mixed = !groups.IsEmpty && policies.StandBeside ? NetworkPoliciesOf(groups) : [];
        var key = KeyOf(ofClass, policies, mixed);
        key.Add(groups.IsEmpty ? Alone : NotAlone);
        if (mixed.Count > 0)
            key.AddRange(groups.ToArray());
        object[] items = [.. key];
        return _forms.TryGetValue(items, out var known) ? known : Defer(items, ofClass, policies, mixed, isAlone: groups.IsEmpty);
    }

    private DeferredForm Defer(object[] key, int ofClass, PoliciesOfClass policies, List<CompiledPolicy> mixed, bool isAlone) => _forms.GetOrAdd(
        key,
        _ => new DeferredForm(
            () => mixed.Count == 0 && policies.Broad is { } broad && broad.IsCertain(ofClass)
                ? Over(ofClass, policies, broad, isAround: !isAlone)
                : Normalise(ofClass, policies.All.Concat(mixed), AtomsOf(policies, mixed.Count > 0), isAround: !isAlone && mixed.Count == 0),
            isDetermined: mixed.Count == 0 && policies.LeaveNoDoubt));

    /// <summary>What policies come to with the peers that rules of the class's own name, over what the broad ones come to with all others.</summary>
    private NormalForm Over(int ofClass, PoliciesOfClass policies, BroadPolicies broad, bool isAround)
    {
        var atoms = _atoms.Value;
        var named = broad.Named(atoms);
        if (named.Count > atoms.All.Count / 2)
            return Normalise(ofClass, policies.All, atoms, isAround);
        object[] key = [.. KeyOf(ofClass, broad.Policies, []), isAround ? NotAlone : Alone, .. broad.Ends.Select(static end => end.Policy.Rank.Tier)];
        var shared = _forms.GetOrAdd(key, _ => new DeferredForm(
            () => Normalise(ofClass, broad.Policies.All.Concat(broad.Ends), atoms, isAround), isDetermined: broad.Policies.LeaveNoDoubt)).Value;
        return Normalise(ofClass, policies.All, atoms, isAround, named).Over(shared, named, atoms.Expand(named));
    }

    /// <summary>What decides how the policies of a class come out, beside that it is under them.</summary>
    private List<object> KeyOf(int ofClass, PoliciesOfClass policies, List<CompiledPolicy> mixed)
    {
        var names = mixed.Count == 0 ? policies.SubjectNames : PoliciesOfClass.NamesIn([.. policies.All, .. mixed]);
        var key = new List<object>(4 + (2 * names.Length) + policies.Uncertain.Count + policies.Limited.Count + mixed.Count) { policies };
        foreach (var (name, protocol) in names)
        {
            var meaning = _compiler.MeaningOn(ofClass, name, protocol);
            key.Add(meaning.Must);
            key.Add(meaning.May);
        }

        foreach (var policy in policies.Uncertain)
            key.Add(Words[policy.Subjects.Must.Contains(ofClass) ? 1 : 0]);
        foreach (var rule in policies.Limited)
            key.Add(Words[rule.Only.Contains(ofClass) is { } contains ? contains ? 1 : 0 : 2]);
        if (policies.GoByNode)
            key.Add(_compiler.NodeOf(ofClass));
        return key;
    }

    /// <summary>What policies come to that only allow.</summary>
    private DeferredForm Added(int ofClass, PoliciesOfClass policies, bool hasMain)
    {
        if (policies.SubjectNames.Length == 0)
        {
            ref var same = ref hasMain ? ref policies.BesideNetworkPolicies : ref policies.Alone;
            return same ?? Interlocked.CompareExchange(ref same, Added(PartsOf(ofClass, policies), hasMain), null) ?? same;
        }

        // What parts grant may be equal where the policies are others.
        var parts = PartsOf(ofClass, policies);
        object[] key = [policies, hasMain ? NotAlone : Alone, .. parts];
        return _forms.TryGetValue(key, out var known) ? known : _forms.GetOrAdd(key, _ => Added(parts, hasMain));
    }

    private DeferredForm Added(AdditiveGrants[] parts, bool hasMain) => new(
        () => new NormalForm([.. parts.Where(static part => !part.Possible.IsEmpty)], _everyone, _everything, hasMain),
        isDetermined: Array.TrueForAll(parts, static part => part.IsSure));

    private static AdditiveGrants[] PartsOf(int ofClass, PoliciesOfClass policies)
    {
        var parts = new AdditiveGrants[policies.Parts.Length];
        for (var p = 0; p < parts.Length; p++)
            parts[p] = policies.Parts[p].For(ofClass);
        return parts;
    }

    /// <param name="ofClass">The subject.</param>
    /// <param name="policies">Its policies.</param>
    /// <param name="atoms">What stands for peers.</param>
    /// <param name="isAround">Whether NetworkPolicies decide what comes to them, and are not among the policies.</param>
    /// <param name="among">Only these atoms; null for all.</param>
    private NormalForm Normalise(int ofClass, IEnumerable<CompiledPolicy> policies, PeerAtoms atoms, bool isAround, IndexSet? among = null)
    {
        var (fold, start) = (new StackFold(_compiler, ofClass), PeerRegions.Start(among ?? atoms.All, _everything));
        CompiledPolicy[] all = [.. policies.Select(atoms.Of)];
        if (!isAround)
            return new NormalForm(Combine(ofClass, all, world => fold.Fold(start, world, null)), _everything, atoms.Expand);
        var (granting, notGranting) = Combine(ofClass, all, world => fold.FoldAround(start, world, _layout), static (a, b) => (
            a.Granting.Beside(b.Granting), a.NotGranting.Beside(b.NotGranting)));
        return new NormalForm(granting, notGranting, _everything, atoms.Expand);
    }

    /// <summary>What stands for peers where some policies are walked through: NetworkPolicies, and rules about the own node, tell more of them apart.</summary>
    private PeerAtoms AtomsOf(PoliciesOfClass policies, bool isMixed = false) => isMixed || policies.GoByNode ? _single : _atoms.Value;

    private static PeerRegions Combine(int ofClass, IReadOnlyList<CompiledPolicy> policies, Func<IReadOnlyList<CompiledPolicy>, PeerRegions> fold) =>
        Combine(ofClass, policies, fold, static (a, b) => a.Beside(b));

    /// <summary>Folds; where policies may select the subject or not, once for each way that this can be.</summary>
    private static T Combine<T>(int ofClass, IReadOnlyList<CompiledPolicy> policies, Func<IReadOnlyList<CompiledPolicy>, T> fold, Func<T, T, T> beside)
    {
        CompiledPolicy[] open = [.. policies.Where(policy => policy.Subjects.Contains(ofClass) is null)];
        if (open.Length is 0 or > MostOpen)
            return fold(policies);
        return Enumerable.Range(0, 1 << open.Length)
            .Select(selecting => fold(
            [
                .. policies
                    .Where(policy => Array.IndexOf(open, policy) is var at && (at < 0 || (selecting & (1 << at)) != 0))
                    .Select(static policy => policy with { Subjects = new EndpointMatch(policy.Subjects.May) }),
            ]))
            .Aggregate(beside);
    }

    /// <summary>How the traffic between one subject and one peer is decided, rule by rule; null where the subject is under none of these policies.</summary>
    /// <param name="ofClass">The subject.</param>
    /// <param name="peer">The other end.</param>
    /// <param name="groups">The subject's NetworkPolicies.</param>
    public TierTrace? Trace(int ofClass, int peer, ReadOnlySpan<SubjectGroup> groups)
    {
        if (_under[ofClass] is null)
            return null;
        var (policies, main) = StackOf(ofClass, groups);
        var trace = new TierTrace(peer);
        var start = PeerRegions.Start(IndexSet.Range(peer, peer + 1), _everything);
        new StackFold(_compiler, ofClass, trace).Fold(start, policies, main);
        trace.Finish(Combine(ofClass, policies, world => new StackFold(_compiler, ofClass).Fold(start, world, main)));
        return trace;
    }

    /// <summary>
    /// The policies asked before NetworkPolicies that deny a subject, for sure, some of the traffic with some of these peers on these ports.
    /// </summary>
    public IEnumerable<TieredPolicy> DenyingBefore(int ofClass, IndexSet peers, PortSet ports)
    {
        if (_under[ofClass] is not { } policies)
            return [];
        var effects = EffectsBefore(ofClass);
        if (effects.All(static effect => effect.Action != RuleAction.Deny))
            return [];
        var atoms = AtomsOf(policies).Touching(peers);
        return effects.Where(effect => effect.Action == RuleAction.Deny && effect.Peers.Must.Overlaps(atoms) && !effect.Ports.Must.Intersect(ports).IsEmpty)
            .Select(static effect => effect.Policy).Distinct();
    }

    /// <summary>What policies decide of a subject's traffic that are asked before NetworkPolicies.</summary>
    public IReadOnlyList<TierEffect> EffectsBefore(int ofClass) => _under[ofClass] is { } policies
        ? _effects.GetOrAdd([.. KeyOf(ofClass, policies, [])], _ => new Lazy<IReadOnlyList<TierEffect>>(() => FindEffects(ofClass, policies))).Value
        : [];

    /// <summary>
    /// Walks through the tiers of every subject as if no NetworkPolicy selected it. Subjects that policies do not tell apart are walked through once.
    /// </summary>
    /// <param name="make">Gives the observer of the walk for a subject.</param>
    public IEnumerable<(int Subject, T Seen)> Walk<T>(Func<int, T> make)
        where T : ITierObserver
    {
        var walked = new HashSet<object[]>(ItemsComparer.Instance);
        for (var c = 0; c < _under.Length; c++)
        {
            if (_under[c] is not { } policies || !walked.Add([.. KeyOf(c, policies, [])]))
                continue;
            var (seen, atoms) = (make(c), AtomsOf(policies));
            new StackFold(_compiler, c, seen).Fold(PeerRegions.Start(atoms.All, _everything), [.. policies.All.Select(atoms.Of)], null);
            yield return (c, seen);
        }
    }

    /// <summary>
    /// Of the tiers beside that of NetworkPolicies those whose end denies a subject something for sure: the policies that make it do so.
    /// </summary>
    /// <param name="ofClass">The subject.</param>
    /// <param name="hasMain">Whether NetworkPolicies select it.</param>
    public IReadOnlyList<IReadOnlyList<TieredPolicy>> DenyingEnds(int ofClass, bool hasMain)
    {
        if (_under[ofClass] is not { } policies)
            return [];
        return _ends.GetOrAdd([.. KeyOf(ofClass, policies, []), hasMain ? NotAlone : Alone], _ => new Lazy<IReadOnlyList<IReadOnlyList<TieredPolicy>>>(() =>
        {
            var (ends, atoms) = (new TierEnds(_layout), AtomsOf(policies));
            new StackFold(_compiler, ofClass, ends).Fold(
                PeerRegions.Start(atoms.All, _everything), [.. policies.All.Select(atoms.Of)], hasMain ? _layout.NetworkPolicies : null);
            return ends.All;
        })).Value;
    }

    private TierEffect[] FindEffects(int ofClass, PoliciesOfClass policies)
    {
        var (effects, atoms) = (new TierEffects(_layout), AtomsOf(policies));
        new StackFold(_compiler, ofClass, effects).Fold(
            PeerRegions.Start(atoms.All, _everything), [.. policies.All.Select(atoms.Of)], _layout.NetworkPolicies);
        return [.. effects.All];
    }

    /// <summary>The policies to walk through, and where the NetworkPolicies stand that decide all that comes to them.</summary>
    private (IReadOnlyList<CompiledPolicy> Policies, PolicyRank? Main) StackOf(int ofClass, ReadOnlySpan<SubjectGroup> groups)
    {
        var policies = _under[ofClass]!;
        if (groups.IsEmpty)
            return (policies.All, null);

        // What comes behind NetworkPolicies in their tier is asked for what they leave, so their rules are told in their place among all others.
        return policies.StandBesideOrBehind ? ([.. policies.All, .. NetworkPoliciesOf(groups)], null) : (policies.All, _layout.NetworkPolicies);
    }

    private List<CompiledPolicy> NetworkPoliciesOf(ReadOnlySpan<SubjectGroup> groups)
    {
        var found = new List<CompiledPolicy>();
        foreach (var group in groups)
        {
            foreach (var (position, policy) in group.Policies)
                found.AddRange(_networkPolicies.GetOrAdd(position, (_, given) => _compile(given), policy));
        }

        return found;
    }
}
