using System.Runtime.InteropServices;
using System.Text;
using NetPolTools.Policies;

namespace NetPolTools.Exposure;

/// <summary>
/// Puts namespaces together that are alike to a workload, without going through all of them: only those are looked at that its policies may mean, that name it,
/// or, where it is not isolated itself, that isolate.
/// </summary>
internal sealed class NamespaceGrouping
{
    // Beside the classes of namespaces, of which none is negative.
    private const int WithoutSay = -1;
    private const int ByText = -2;

    private readonly NamespaceTable _table;
    private readonly NamespaceClasses _classes;
    private readonly IReadOnlyList<ExposureSide> _sides;
    private readonly ExposedWorkload?[] _workloads;
    private readonly LabelPredicate[][] _conditions;
    private readonly bool _isTakenTogether;
    private readonly HashSet<int> _namers;
    private readonly int _own;

    /// <summary>By namespace which of the conditions on namespaces hold, as a number; none hold in those that are missing.</summary>
    private readonly Dictionary<int, int> _patterns;
    private readonly Dictionary<int, (LabelPredicate[] Conditions, bool AreNever)> _left = [];
    private readonly Dictionary<int, (int Pattern, int Class, string Text)> _keys = [];

    /// <param name="table">The namespaces.</param>
    /// <param name="classes">Of them.</param>
    /// <param name="sides">The cluster; of a comparison, both.</param>
    /// <param name="workloads">The workload in each of them; null where it is not there.</param>
    /// <param name="conditions">What its policies ask of pods, in each of them.</param>
    /// <param name="isIsolated">Whether its own policies isolate it, wherever it is.</param>
    public NamespaceGrouping(
        NamespaceTable table,
        NamespaceClasses classes,
        IReadOnlyList<ExposureSide> sides,
        ExposedWorkload?[] workloads,
        LabelPredicate[][] conditions,
        bool isIsolated)
    {
        (_table, _classes, _sides, _workloads, _conditions, IsIsolated) = (table, classes, sides, workloads, conditions, isIsolated);
        _isTakenTogether = sides.Zip(workloads).All(static pair => pair.Second is not { } workload || pair.First.MayBeTakenTogether(workload));
        _namers = classes.NamersOf(workloads);
        _own = table.NumberOf(workloads.OfType<ExposedWorkload>().First().Namespace);
        _patterns = Patterns();
    }

    public bool IsIsolated { get; }

    /// <summary>
    /// What is the same for workloads of a namespace whose policies ask the same and that are grouped alike: for these one grouping will do.
    /// </summary>
    /// <param name="conditions">What their policies ask, as texts.</param>
    public string Key(IEnumerable<string> conditions)
    {
        var key = new StringBuilder().Append(_own).Append(IsIsolated ? " isolated" : "").Append(_isTakenTogether ? " together" : "");
        foreach (var condition in conditions)
            key.Append('\n').Append(condition);
        foreach (var ns in _namers.Append(_own).Distinct().Order())
        {
            var (_, ofClass, text) = KeyOf(ns);
            key.Append('\n').Append(ns).Append(' ').Append(ofClass).Append(text);
            if (ns == _own && ofClass == ByText)
                WritePolicies(key, ns);
        }

        return key.ToString();
    }

    /// <summary>In the order of their first namespaces.</summary>
    public NamespaceGroup[] All()
    {
        var groups = new Dictionary<(int Pattern, int Class, string Text), List<int>>();
        foreach (var ns in _patterns.Keys.Union(_namers).Append(_own).Distinct().Order())
            ListOf(groups, KeyOf(ns)).Add(ns);
        var handled = groups.Values.SelectMany(static members => members).ToHashSet();
        List<NamespaceGroup> found = [];
        if (handled.Count < _table.Count)
        {
            if (IsIsolated && Left(0, FirstBut(handled)).AreNever)
                found.Add(Group(FirstBut(handled), new Lazy<IReadOnlyList<int>>(() => [.. Others(handled)]), WithoutSay));
            else
            {
                foreach (var ns in Others(handled))
                    ListOf(groups, (0, _classes.ClassOf(ns), "")).Add(ns);
            }
        }

        found.AddRange(groups.Select(group => Group(group.Value[0], new Lazy<IReadOnlyList<int>>(group.Value), group.Key.Class)));
        return [.. found.OrderBy(static group => group.Example)];
    }

    private static List<int> ListOf(Dictionary<(int, int, string), List<int>> groups, (int, int, string) key) =>
        CollectionsMarshal.GetValueRefOrAddDefault(groups, key, out _) ??= [];

    private NamespaceGroup Group(int example, Lazy<IReadOnlyList<int>> members, int ofClass) => new(
        example,
        members,
        example == _own,
        Left(_patterns.GetValueOrDefault(example), example).Conditions,
        ofClass == WithoutSay || (ofClass == NamespaceClasses.Isolated && _isTakenTogether)
            ? []
            : [.. _sides.SelectMany((side, s) => side.PoliciesOf(_table.In(s, example), _classes.Own).Subjects)]);

    private (int Pattern, int Class, string Text) KeyOf(int ns)
    {
        if (!_keys.TryGetValue(ns, out var key))
            _keys.Add(ns, key = FindKey(ns));
        return key;
    }

    private (int Pattern, int Class, string Text) FindKey(int ns)
    {
        var pattern = _patterns.GetValueOrDefault(ns);

        // Of an isolated workload whose rules mean nobody there, nothing can come of what the namespace's own policies say.
        var ofClass = IsIsolated && Left(pattern, ns).AreNever ? WithoutSay
            : ns == _own || _namers.Contains(ns) ? ByText
            : _classes.ClassOf(ns);

        // No other namespace is alike to the workload's own.
        return (pattern, ofClass, ns == _own ? "own" : ofClass == ByText ? WritePolicies(new StringBuilder(), ns).ToString() : "");
    }

    /// <summary>What the policies of a namespace do with traffic between its pods and the workload.</summary>
    private StringBuilder WritePolicies(StringBuilder to, int ns)
    {
        for (var s = 0; s < _sides.Count; s++)
        {
            if (_workloads[s] is { } workload)
                _sides[s].WritePolicies(to.Append('/'), _table.In(s, ns), workload, _classes.Own);
        }

        return to;
    }

    /// <summary>What is left of the conditions in a namespace, and whether that is nothing that could hold.</summary>
    private (LabelPredicate[] Conditions, bool AreNever) Left(int pattern, int ns)
    {
        if (!_left.TryGetValue(pattern, out var left))
        {
            LabelPredicate[] conditions =
                [.. _conditions.SelectMany((ofSide, s) => ofSide.Select(condition => PredicateContent.In(_table.In(s, ns), condition)))];
            _left.Add(pattern, left = (conditions, Array.TrueForAll(conditions, PredicateContent.IsNever)));
        }

        return left;
    }

    private Dictionary<int, int> Patterns()
    {
        var patterns = new Dictionary<int, int>();
        var numbers = new Dictionary<(int Before, int Test), int>();
        var tests = 0;
        for (var s = 0; s < _sides.Count; s++)
        {
            var known = new HashSet<string>();
            foreach (var test in _conditions[s].SelectMany(PredicateContent.NamespaceTestsOf))
            {
                var text = PredicateContent.TextOf(test);
                if (!known.Add(text))
                    continue;
                foreach (var ns in _table.Where(s, test, text))
                {
                    ref var pattern = ref CollectionsMarshal.GetValueRefOrAddDefault(patterns, ns, out _);
                    if (!numbers.TryGetValue((pattern, tests), out var next))
                        numbers.Add((pattern, tests), next = numbers.Count + 1);
                    pattern = next;
                }

                tests++;
            }
        }

        return patterns;
    }

    private IEnumerable<int> Others(HashSet<int> handled) => Enumerable.Range(0, _table.Count).Where(ns => !handled.Contains(ns));

    private int FirstBut(HashSet<int> handled) => Others(handled).First();
}
