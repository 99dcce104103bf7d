using System.Runtime.InteropServices;
using NetPolTools.Objects;
using NetPolTools.Policies;
using NetPolTools.Sets;

namespace NetPolTools.Reachability;

/// <summary>Which of many labelled things have a key, and which have it with a value: a selector becomes a few set operations.</summary>
public sealed class LabelIndex
{
    // Where nearly everything has labels of its own, remembering them would cost more than looking their keys up again.
    private const int MostRemembered = 1 << 12;

    private readonly int _count;
    private readonly Dictionary<string, KeySets> _byKey = [];

    /// <param name="count">The things are numbered from 0 up to, but not including, this.</param>
    /// <param name="labelsOf">The labels of each.</param>
    public LabelIndex(int count, Func<int, LabelSet> labelsOf)
    {
        _count = count;
        var byKey = new Dictionary<string, KeyBuilders>();
        var known = new Dictionary<LabelSet, IndexSet.Builder[]>(ReferenceEqualityComparer.Instance);
        for (var i = 0; i < count; i++)
        {
            // Replicas have the same labels, and the reading gives one object for labels of the same text.
            var labels = labelsOf(i);
            if (!known.TryGetValue(labels, out var builders))
            {
                builders = BuildersOf(labels, byKey);
                if (known.Count < MostRemembered)
                    known.Add(labels, builders);
            }

            foreach (var builder in builders)
                builder.Add(i);
        }

        foreach (var (key, builders) in byKey)
            _byKey.Add(key, builders.Build());
    }

    public IndexSet Select(LabelSelector selector) => Select(selector, 0, _count);

    /// <summary>What the selector picks among the things from <paramref name="start"/> up to, but not including, <paramref name="end"/>.</summary>
    public IndexSet Select(LabelSelector selector, int start, int end) => Find(selector).Select(start, end);

    /// <summary>The things that have a label that stands a test.</summary>
    internal IndexSet Select(LabelPredicate.Label label) => Select(label, 0, _count);

    /// <summary>Those among the things from <paramref name="start"/> up to, but not including, <paramref name="end"/>.</summary>
    internal IndexSet Select(LabelPredicate.Label label, int start, int end)
    {
        if (!_byKey.TryGetValue(label.Key, out var sets))
            return IndexSet.Empty;
        var found = label.Test switch
        {
            LabelTest.Exists => [sets.All],
            LabelTest.In => label.Values.Select(value => WithValue(label.Key, value)),
            _ => sets.ByValue.Where(entry => label.Holds(entry.Key)).Select(static entry => entry.Value),
        };
        return IndexSet.UnionOf([.. start == 0 && end == _count ? found : found.Select(set => set.Slice(start, end))]);
    }

    /// <summary>Those of 64 things that have a label that stands a test, a bit for each.</summary>
    /// <inheritdoc cref="IWords.WordAt"/>
    internal ulong WordAt(LabelPredicate.Label label, int position)
    {
        if (!_byKey.TryGetValue(label.Key, out var sets))
            return 0;
        if (label.Test == LabelTest.Exists)
            return sets.All.WordAt(position);
        var word = 0UL;
        if (label.Test == LabelTest.In)
        {
            foreach (var value in label.Values)
                word |= sets.ByValue.TryGetValue(value, out var having) ? having.WordAt(position) : 0;
            return word;
        }

        foreach (var (value, having) in sets.ByValue)
            word |= label.Holds(value) ? having.WordAt(position) : 0;
        return word;
    }

    /// <summary>Looks up what a selector names.</summary>
    /// <exception cref="ArgumentException">Not an operator.</exception>
    internal SelectorSets Find(LabelSelector selector)
    {
        var needed = new List<IndexSet[]>();
        var excluded = new List<IndexSet[]>();
        for (var i = 0; i < selector.MatchLabels.Count; i++)
            needed.Add([WithValue(selector.MatchLabels[i].Key, selector.MatchLabels[i].Value)]);
        for (var i = 0; i < selector.MatchExpressions.Count; i++)
        {
            var requirement = selector.MatchExpressions[i];
            switch (requirement.Operator)
            {
                case LabelSelectorRequirement.In:
                    needed.Add(WithAny(requirement));
                    break;
                case LabelSelectorRequirement.Exists:
                    needed.Add([WithKey(requirement.Key)]);
                    break;

                // NotIn and DoesNotExist also match objects without the key.
                case LabelSelectorRequirement.NotIn:
                    excluded.Add(WithAny(requirement));
                    break;
                case LabelSelectorRequirement.DoesNotExist:
                    excluded.Add([WithKey(requirement.Key)]);
                    break;
                default:
                    throw new ArgumentException($"{requirement.Operator} is not a selector operator.", nameof(selector));
            }
        }

        return new SelectorSets([.. needed], [.. excluded], _count);
    }

    private static IndexSet.Builder[] BuildersOf(LabelSet labels, Dictionary<string, KeyBuilders> byKey)
    {
        var builders = new IndexSet.Builder[labels.Count * 2];
        var next = 0;
        foreach (var (key, value) in labels)
        {
            var ofKey = CollectionsMarshal.GetValueRefOrAddDefault(byKey, key, out _) ??= new KeyBuilders();
            builders[next++] = ofKey.All;
            builders[next++] = CollectionsMarshal.GetValueRefOrAddDefault(ofKey.ByValue, value, out _) ??= new IndexSet.Builder();
        }

        return builders;
    }

    private IndexSet WithKey(string key) => _byKey.TryGetValue(key, out var sets) ? sets.All : IndexSet.Empty;

    /// <summary>The things that have a label with this key and value.</summary>
    internal IndexSet WithValue(string key, string value) =>
        _byKey.TryGetValue(key, out var sets) ? sets.ByValue.GetValueOrDefault(value, IndexSet.Empty) : IndexSet.Empty;

    private IndexSet[] WithAny(LabelSelectorRequirement requirement) => [.. requirement.Values.Select(value => WithValue(requirement.Key, value))];

    private sealed record KeySets(IndexSet All, Dictionary<string, IndexSet> ByValue);

    private sealed class KeyBuilders
    {
        public IndexSet.Builder All { get; } = new();

        public Dictionary<string, IndexSet.Builder> ByValue { get; } = [];

        public KeySets Build()
        {
            var byValue = new Dictionary<string, IndexSet>(ByValue.Count);
            foreach (var (value, builder) in ByValue)
                byValue.Add(value, builder.Build());
            return new KeySets(All.Build(), byValue);
        }
    }
}
