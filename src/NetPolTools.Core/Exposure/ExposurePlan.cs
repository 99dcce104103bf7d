using NetPolTools.Listing;
using NetPolTools.Policies;

namespace NetPolTools.Exposure;

/// <summary>Labels of pods to come that nothing tells from each other, and a pod that has them.</summary>
/// <param name="Atom">The labels.</param>
/// <param name="Pod">The pod that stands for all.</param>
/// <param name="Position">Of the pod among those to come.</param>
internal sealed record PlacedAtom(LabelAtom Atom, NewPod Pod, int Position);

/// <summary>Namespaces in which pods to come fare the same.</summary>
/// <param name="Example">One that exists; null for all those that do not exist yet.</param>
/// <param name="Members">Those that exist, by name; worked out when somebody asks.</param>
/// <param name="IsOwn">Whether it is the workload's own.</param>
/// <param name="Atoms">Of the labels of pods; of new namespaces, together with the labels of these.</param>
/// <param name="IsCut">Whether some labels were not told apart.</param>
internal sealed record ExposurePlace(
    string? Example, Lazy<IReadOnlyList<string>> Members, bool IsOwn, IReadOnlyList<PlacedAtom> Atoms, bool IsCut);

/// <summary>Which pods to come are to be asked about to know of all of them what they have to do with a workload, in one direction.</summary>
internal sealed class ExposurePlan
{
    private readonly NamespaceTable _table;
    private readonly bool _isIsolated;
    private readonly NamespaceGroup[] _groups;
    private readonly (LabelPredicate[] Conditions, LabelPredicate[] Subjects)[] _ofGroups;
    private readonly LabelPredicate[] _ofNew;
    private LabelAtoms[] _atoms = [];

    /// <param name="table">The namespaces.</param>
    /// <param name="grouping">Of them.</param>
    /// <param name="conditions">What the workload's policies ask of pods; of a comparison, in each of the clusters.</param>
    /// <param name="accounts">The names of service accounts that exist.</param>
    public ExposurePlan(NamespaceTable table, NamespaceGrouping grouping, LabelPredicate[][] conditions, IReadOnlySet<string> accounts)
    {
        (_table, _isIsolated, _groups) = (table, grouping.IsIsolated, grouping.All());
        _ofGroups = [.. _groups.Select(static group => Distinct(group))];
        _ofNew = Distinct(conditions.SelectMany(static found => found), []);
        Space = new LabelSpace(_ofGroups.SelectMany(static found => found.Conditions.Concat(found.Subjects)).Concat(_ofNew), accounts);
    }

    public LabelSpace Space { get; }

    /// <summary>New namespaces first.</summary>
    public IReadOnlyList<ExposurePlace> Places { get; private set; } = [];

    /// <summary>How many conditions there are to cut up labels.</summary>
    public int ConditionCount => _ofNew.Length + _ofGroups.Sum(static found => found.Conditions.Length + found.Subjects.Length);

    /// <summary>How many labels there are to be looked at.</summary>
    public int AtomCount => Places.Sum(static place => place.Atoms.Count);

    public bool IsCut => Places.Any(static place => place.IsCut);

    /// <summary>Finds the labels that are to be looked at. Another plan may do so at the same time.</summary>
    public void CutUp() => _atoms =
    [
        LabelAtoms.Of(Space, OutsideOf(_table), _ofNew),
        .. _groups.Select((group, g) =>
            AtomsOf(_ofGroups[g].Conditions, _ofGroups[g].Subjects, Array.Exists(group.Conditions, PredicateContent.IsAlways))),
    ];

    /// <summary>Makes pods that have them, in <see cref="Places"/>.</summary>
    public void MakePods(PodWitness witnesses)
    {
        Places =
        [
            Place(null, new Lazy<IReadOnlyList<string>>([]), false, _atoms[0]),
            .. _groups.Select((group, g) => Place(
                _table.Names[group.Example],
                new Lazy<IReadOnlyList<string>>(() => [.. group.Members.Value.Select(ns => _table.Names[ns])]),
                group.IsOwn,
                _atoms[g + 1])),
        ];
        _atoms = [];

        ExposurePlace Place(string? example, Lazy<IReadOnlyList<string>> members, bool isOwn, LabelAtoms atoms) =>
            new(example, members, isOwn, [.. atoms.Atoms.Select(atom => witnesses.Of(atom, example)).OfType<PlacedAtom>()], atoms.IsCut);
    }

    /// <summary>Each once; what holds for all or for none says nothing.</summary>
    private static LabelPredicate[] Distinct(IEnumerable<LabelPredicate> conditions, HashSet<string> known) =>
        [.. conditions.Where(condition => !PredicateContent.IsConstant(condition) && known.Add(PredicateContent.TextOf(condition)))];

    private static (LabelPredicate[] Conditions, LabelPredicate[] Subjects) Distinct(NamespaceGroup group)
    {
        var known = new HashSet<string>();
        return (Distinct(group.Conditions, known), Distinct(group.Subjects, known));
    }

    /// <summary>Where a workload is isolated, it matters which pods others isolate only where it lets some in.</summary>
    private LabelAtoms AtomsOf(LabelPredicate[] conditions, LabelPredicate[] subjects, bool areAllMeant) =>
        LabelAtoms.Of(Space, LabelBox.Everything(Space.Count), conditions, subjects, inAll: !_isIsolated || areAllMeant);

    /// <summary>Namespaces that do not exist yet: of any labels, and of none of the names that are taken.</summary>
    private LabelBox OutsideOf(NamespaceTable table)
    {
        var everything = LabelBox.Everything(Space.Count);
        return Space.Find(LabelKey.NamespaceName) is { } key ? everything.With(key, Space.Without(key, table.Has)) : everything;
    }
}
