using System.Text;
using NetPolTools.Listing;
using NetPolTools.Objects;
using NetPolTools.Policies;

namespace NetPolTools.Exposure;

/// <summary>Labels of pods to come that nothing tells from each other, and a pod that has them.</summary>
/// <param name="Atom">The labels.</param>
/// <param name="Pod">The pod that stands for all.</param>
internal sealed record PlacedAtom(LabelAtom Atom, NewPod Pod);

/// <summary>Namespaces in which pods to come fare the same.</summary>
/// <param name="Namespaces">Those that exist, by name; none for all those that do not exist yet.</param>
/// <param name="IsOwn">Whether it is the workload's own.</param>
/// <param name="Atoms">Of the labels of pods; of new namespaces, together with the labels of these.</param>
/// <param name="IsCut">Whether some labels were not told apart.</param>
internal sealed record ExposurePlace(IReadOnlyList<string> Namespaces, bool IsOwn, IReadOnlyList<PlacedAtom> Atoms, bool IsCut)
{
    public bool IsNew => Namespaces.Count == 0;
}

/// <summary>Which pods to come are to be asked about to know of all of them what they have to do with a workload, in one direction.</summary>
internal sealed class ExposurePlan
{
    private readonly IReadOnlyList<ExposureSide> _sides;
    private readonly ExposedWorkload?[] _workloads;
    private readonly PolicyDirection _direction;
    private readonly LabelPredicate[][] _conditions;

    private ExposurePlan(IReadOnlyList<ExposureSide> sides, ExposedWorkload?[] workloads, PolicyDirection direction, PodsToCome pods)
    {
        (_sides, _workloads, _direction) = (sides, workloads, direction);
        _conditions = [.. sides.Select((side, s) => workloads[s] is { } workload ? Distinct(side.ConditionsOn(workload, direction)) : [])];
        var own = workloads.OfType<ExposedWorkload>().First().Namespace;
        string[] names = [.. sides.SelectMany(static side => side.Snapshot.Namespaces).Select(static ns => ns.Name).Distinct().Order(StringComparer.Ordinal)];
        var groups = names.GroupBy(name => KeyOf(name, name == own)).Select(group => (Names: group.ToArray(), IsOwn: group.First() == own)).ToArray();
        LabelPredicate[][] ofGroups = [.. groups.Select(group => ConditionsIn(group.Names[0]))];
        var ofNew = Distinct(_conditions.SelectMany(static conditions => conditions));
        Space = new LabelSpace(ofGroups.SelectMany(static conditions => conditions).Concat(ofNew));
        var witnesses = new PodWitness(Space, pods, sides);
        var places = groups.Select((group, g) => Place(group.Names, group.IsOwn, LabelBox.Everything(Space.Count), ofGroups[g], witnesses));
        Places = [Place([], false, OutsideOf(names), ofNew, witnesses), .. places];
    }

    public LabelSpace Space { get; }

    /// <summary>New namespaces first.</summary>
    public IReadOnlyList<ExposurePlace> Places { get; }

    public bool IsCut => Places.Any(static place => place.IsCut);

    /// <param name="sides">The cluster; of a comparison, both.</param>
    /// <param name="workloads">The workload in each of them; null where it is not there. It is in one of them.</param>
    /// <param name="direction">Ingress for who may reach it.</param>
    /// <param name="pods">Takes the pods that are to be asked about.</param>
    public static ExposurePlan Make(IReadOnlyList<ExposureSide> sides, ExposedWorkload?[] workloads, PolicyDirection direction, PodsToCome pods) =>
        new(sides, workloads, direction, pods);

    private ExposurePlace Place(string[] names, bool isOwn, LabelBox start, LabelPredicate[] conditions, PodWitness witnesses)
    {
        var atoms = LabelAtoms.Of(Space, start, conditions);
        return new ExposurePlace(
            names, isOwn, [.. atoms.Atoms.Select(atom => witnesses.Of(atom, names.Length == 0 ? null : names[0])).OfType<PlacedAtom>()], atoms.IsCut);
    }

    /// <summary>Namespaces of one key are alike to the workload: the same conditions are left of pods in them, and their policies do the same.</summary>
    private string KeyOf(string name, bool isOwn)
    {
        var key = new StringBuilder(isOwn ? "own" : "");
        for (var s = 0; s < _sides.Count; s++)
        {
            if (_workloads[s] is not { } workload)
                continue;
            var ns = ExposureSide.NamespaceIn(_sides, s, name);
            foreach (var condition in _conditions[s])
            {
                if (PredicateContent.IsForNobodyIn(ns, condition))
                    PredicateContent.Write(key, LabelPredicate.Never);
                else
                    PredicateContent.Write(key, PredicateContent.In(ns, condition));
            }

            key.Append('/');
            _sides[s].WritePolicies(key, ns, workload, _direction);
        }

        return key.ToString();
    }

    private LabelPredicate[] ConditionsIn(string name)
    {
        var opposite = _direction == PolicyDirection.Ingress ? PolicyDirection.Egress : PolicyDirection.Ingress;
        return Distinct(_sides.SelectMany((side, s) => _conditions[s]
            .Select(condition => PredicateContent.In(ExposureSide.NamespaceIn(_sides, s, name), condition))
            .Concat(side.Isolating(name, opposite).Select(static policy => LabelPredicate.Of(LabelOwner.Pod, policy.PodSelector)))));
    }

    /// <summary>Each once; what holds for all or for none says nothing.</summary>
    private static LabelPredicate[] Distinct(IEnumerable<LabelPredicate> conditions)
    {
        var known = new HashSet<string>();
        return [.. conditions.Where(condition => !PredicateContent.IsConstant(condition) && known.Add(Text(condition)))];

        static string Text(LabelPredicate condition)
        {
            var text = new StringBuilder();
            PredicateContent.Write(text, condition);
            return text.ToString();
        }
    }

    /// <summary>Namespaces that do not exist yet: of any labels, and of none of the names that are taken.</summary>
    private LabelBox OutsideOf(string[] names)
    {
        var everything = LabelBox.Everything(Space.Count);
        return Space.Find(LabelKey.NamespaceName) is { } key ? everything.With(key, Space.Named(key, names.ToHashSet(), areAmong: false)) : everything;
    }
}
