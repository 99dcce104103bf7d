using NetPolTools.Objects;
using NetPolTools.Reachability;
using NetPolTools.Sets;

namespace NetPolTools.Authoring.Selecting;

/// <summary>
/// Chooses, for some classes of pods of a namespace, the smallest readable selectors that select exactly those: one label where one does, then one key
/// with several values, then several requirements; more than one selector where none alone will do. Not thread safe.
/// </summary>
/// <remarks>
/// All that one key can say of the wanted classes is said by one requirement: the label they share, In for several values, DoesNotExist where all lack the
/// key, NotIn for what others have where some lack it. A selector exists where all these requirements together leave only the wanted.
/// </remarks>
internal sealed class SelectorChooser
{
    private readonly LabelClasses _classes;
    private readonly LabelIndex _index;
    private readonly string[] _keys;
    private readonly Dictionary<IndexSet, IReadOnlyList<ChosenSelector>> _chosen = [];

    public SelectorChooser(LabelClasses classes)
    {
        _classes = classes;
        _index = new LabelIndex(classes.Count, classes.LabelsOf);
        _keys = [.. Enumerable.Range(0, classes.Count)
            .SelectMany(c => classes.LabelsOf(c).Select(static label => label.Key))
            .Distinct()
            .OrderBy(SelectorLabels.RankOf)
            .ThenBy(static key => key, StringComparer.Ordinal)];
    }

    /// <summary>Selectors that together select exactly these classes, each class once.</summary>
    /// <param name="wanted">Not empty.</param>
    public IReadOnlyList<ChosenSelector> Cover(IndexSet wanted)
    {
        if (!_chosen.TryGetValue(wanted, out var cover))
            _chosen.Add(wanted, cover = Whole(wanted) is { } one ? [new ChosenSelector(one, wanted)] : [.. Parts(wanted).SelectMany(Cover)]);
        return cover;
    }

    /// <summary>The best selector of exactly these classes; null where there is none.</summary>
    private LabelSelector? Whole(IndexSet wanted)
    {
        var possible = _keys.Select(key => Strongest(key, wanted)).OfType<Candidate>()
            .OrderBy(static candidate => candidate.IsLabel ? 0 : candidate.IsIn ? 1 : 2)
            .ToArray();
        if (Array.Find(possible, candidate => candidate.IsLabel && candidate.Selected.Equals(wanted)) is { } label)
            return Selector([label]);

        // For every pod of the namespace any requirement holds, and none is needed; only a label that they share says more.
        var others = _classes.All.Except(wanted);
        if (others.IsEmpty)
            return Array.Find(possible, static candidate => candidate.IsIn) is { } any ? Selector([any]) : LabelSelector.Everything;

        Candidate[]?[] ways =
        [
            possible.Where(candidate => candidate.IsIn && candidate.Selected.Equals(wanted)).Take(1).ToArray() is { Length: 1 } alone ? alone : null,
            Fewest([.. possible.Where(static candidate => candidate.IsLabel)], others),
            Fewest([.. possible.Where(static candidate => candidate.IsLabel || candidate.IsIn)], others),
            Fewest(possible, others),
        ];
        return ways.OfType<Candidate[]>().MinBy(static way => way.Sum(static candidate => candidate.Length)) is { } best ? Selector(best) : null;
    }

    /// <summary>The most that can be said of the wanted classes by one key; null where that is nothing.</summary>
    private Candidate? Strongest(string key, IndexSet wanted)
    {
        var values = new SortedSet<string>(StringComparer.Ordinal);
        var someLack = false;
        foreach (var c in wanted)
        {
            if (_classes.LabelsOf(c).TryGet(key, out var value))
                values.Add(value);
            else
                someLack = true;
        }

        if (!someLack)
            return Of(new LabelSelectorRequirement(key, LabelSelectorRequirement.In, [.. values]));
        if (values.Count == 0)
            return Of(new LabelSelectorRequirement(key, LabelSelectorRequirement.DoesNotExist, []));
        var others = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var c in _classes.All.Except(wanted))
        {
            if (_classes.LabelsOf(c).TryGet(key, out var value) && !values.Contains(value))
                others.Add(value);
        }

        return others.Count == 0 ? null : Of(new LabelSelectorRequirement(key, LabelSelectorRequirement.NotIn, [.. others]));
    }

    private Candidate Of(LabelSelectorRequirement requirement) =>
        new(requirement, _index.Select(new LabelSelector { MatchExpressions = [requirement] }));

    /// <summary>Few of the candidates that together leave out all others; null where not even all of them do.</summary>
    private static Candidate[]? Fewest(IReadOnlyList<Candidate> possible, IndexSet others)
    {
        var taken = new List<Candidate>();
        for (var left = others; !left.IsEmpty;)
        {
            var best = possible.MinBy(candidate => left.Intersect(candidate.Selected).Count);
            if (best is null || left.Except(best.Selected).IsEmpty)
                return null;
            taken.Add(best);
            left = left.Intersect(best.Selected);
        }

        // What was taken early may have become needless.
        for (var i = taken.Count - 1; i >= 0; i--)
        {
            var rest = taken.Where((_, at) => at != i).Aggregate(others, static (left, candidate) => left.Intersect(candidate.Selected));
            if (rest.IsEmpty)
                taken.RemoveAt(i);
        }

        return [.. taken];
    }

    /// <summary>
    /// Cuts classes that no one selector selects: by the values of the key that distinguishes the most of them from all others, into those it distinguishes
    /// and the rest; where no key does, by the values of a key that they differ in.
    /// </summary>
    private List<IndexSet> Parts(IndexSet wanted)
    {
        var clean = _keys.Select(key => ToldApart(key, wanted)).MaxBy(static part => part.Count);
        if (clean is { IsEmpty: false } && !clean.Equals(wanted))
            return [clean, wanted.Except(clean)];
        return _keys.Select(key => ByValue(key, wanted)).First(static parts => parts.Count > 1);
    }

    /// <summary>Those of the wanted classes that have a value of the key that no other class has.</summary>
    private IndexSet ToldApart(string key, IndexSet wanted)
    {
        var foreign = new HashSet<string>();
        foreach (var c in _classes.All.Except(wanted))
        {
            if (_classes.LabelsOf(c).TryGet(key, out var value))
                foreign.Add(value);
        }

        var told = new IndexSet.Builder();
        foreach (var c in wanted)
        {
            if (_classes.LabelsOf(c).TryGet(key, out var value) && !foreign.Contains(value))
                told.Add(c);
        }

        return told.Build();
    }

    private List<IndexSet> ByValue(string key, IndexSet wanted)
    {
        var parts = new Dictionary<(bool, string), IndexSet.Builder>();
        foreach (var c in wanted)
        {
            var has = _classes.LabelsOf(c).TryGet(key, out var value);
            if (!parts.TryGetValue((has, value), out var part))
                parts.Add((has, value), part = new IndexSet.Builder());
            part.Add(c);
        }

        return [.. parts.Values.Select(static part => part.Build())];
    }

    private static LabelSelector Selector(IReadOnlyList<Candidate> taken)
    {
        var inOrder = taken
            .OrderBy(static c => SelectorLabels.RankOf(c.Requirement.Key))
            .ThenBy(static c => c.Requirement.Key, StringComparer.Ordinal)
            .ToArray();
        return new LabelSelector
        {
            MatchLabels = [.. inOrder.Where(static c => c.IsLabel).Select(static c => KeyValuePair.Create(c.Requirement.Key, c.Requirement.Values[0]))],
            MatchExpressions = [.. inOrder.Where(static c => !c.IsLabel).Select(static c => c.Requirement)],
        };
    }

    /// <param name="Requirement">Holds for all wanted classes.</param>
    /// <param name="Selected">All classes it holds for.</param>
    private sealed record Candidate(LabelSelectorRequirement Requirement, IndexSet Selected)
    {
        public bool IsIn => Requirement.Operator == LabelSelectorRequirement.In;

        /// <summary>One value of one key, to be written as a label.</summary>
        public bool IsLabel => IsIn && Requirement.Values.Count == 1;

        /// <summary>How much there is to read; what lacks a label is harder to see than what has one.</summary>
        public int Length => IsLabel ? 2 : IsIn ? 2 + Requirement.Values.Count : 4 + Requirement.Values.Count;
    }
}
