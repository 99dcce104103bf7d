using NetPolTools.Objects;
using NetPolTools.Policies;

namespace NetPolTools.Exposure;

/// <summary>
/// The namespaces of some clusters by number, in the order of their names, and which of them meet a condition. A number is all that most of them are ever
/// looked at by: no workload has to do with all of them. Not thread safe.
/// </summary>
internal sealed class NamespaceTable
{
    private readonly Namespace[][] _bySide;
    private readonly Dictionary<string, int> _numbers;
    private readonly Dictionary<(string Key, string Value), List<int>>[] _byLabel;
    private readonly Dictionary<(int Side, string Test), IReadOnlyList<int>> _known = [];

    /// <param name="sides">The cluster; of a comparison, both.</param>
    public NamespaceTable(IReadOnlyList<ExposureSide> sides)
    {
        Names = [.. sides.SelectMany(static side => side.Snapshot.Namespaces).Select(static ns => ns.Name).Distinct().Order(StringComparer.Ordinal)];
        _numbers = Enumerable.Range(0, Names.Count).ToDictionary(n => Names[n]);
        _bySide = [.. sides.Select((_, side) => Names.Select(name => ExposureSide.NamespaceIn(sides, side, name)).ToArray())];
        _byLabel = [.. _bySide.Select(ByLabel)];
    }

    /// <summary>In order.</summary>
    public IReadOnlyList<string> Names { get; }

    public int Count => Names.Count;

    public bool Has(string name) => _numbers.ContainsKey(name);

    public int NumberOf(string name) => _numbers[name];

    /// <summary>A namespace as a cluster has it, or would have it.</summary>
    public Namespace In(int side, int number) => _bySide[side][number];

    /// <summary>The namespaces of a cluster that meet a condition on their name or on one of their labels, ascending.</summary>
    /// <param name="side">Of the cluster.</param>
    /// <param name="test">The condition.</param>
    /// <param name="text">The same as <see cref="PredicateContent.TextOf"/>.</param>
    public IReadOnlyList<int> Where(int side, LabelPredicate test, string text)
    {
        if (!_known.TryGetValue((side, text), out var numbers))
            _known.Add((side, text), numbers = Where(side, test));
        return numbers;
    }

    private IReadOnlyList<int> Where(int side, LabelPredicate test) => test switch
    {
        LabelPredicate.InNamespace named => _numbers.TryGetValue(named.Name, out var number) ? [number] : [],
        LabelPredicate.Label { Test: LabelTest.In } label =>
            [.. label.Values.Distinct().SelectMany(value => _byLabel[side].GetValueOrDefault((label.Key, value)) ?? []).Order()],
        _ => [.. Enumerable.Range(0, Count).Where(n => PredicateContent.In(_bySide[side][n], test) is LabelPredicate.AllOf { Parts.Length: 0 })],
    };

    private static Dictionary<(string Key, string Value), List<int>> ByLabel(Namespace[] namespaces)
    {
        var found = new Dictionary<(string, string), List<int>>();
        for (var n = 0; n < namespaces.Length; n++)
        {
            foreach (var (key, value) in namespaces[n].Metadata.Labels)
            {
                if (!found.TryGetValue((key, value), out var numbers))
                    found.Add((key, value), numbers = []);
                numbers.Add(n);
            }
        }

        return found;
    }
}
