using System.Runtime.InteropServices;
using NetPolTools.Objects;

namespace NetPolTools.Sets;

/// <summary>Which of many labelled things have a key, and which have it with a value: a selector becomes a few set operations.</summary>
public sealed class LabelIndex
{
    private readonly int _count;
    private readonly Dictionary<string, IndexSet> _byKey = [];
    private readonly Dictionary<(string Key, string Value), IndexSet> _byLabel = [];

    /// <param name="count">The things are numbered from 0 up to, but not including, this.</param>
    /// <param name="labelsOf">The labels of each.</param>
    public LabelIndex(int count, Func<int, LabelSet> labelsOf)
    {
        _count = count;
        var byKey = new Dictionary<string, IndexSet.Builder>();
        var byLabel = new Dictionary<(string, string), IndexSet.Builder>();
        for (var i = 0; i < count; i++)
        {
            foreach (var (key, value) in labelsOf(i))
            {
                (CollectionsMarshal.GetValueRefOrAddDefault(byKey, key, out _) ??= new IndexSet.Builder()).Add(i);
                (CollectionsMarshal.GetValueRefOrAddDefault(byLabel, (key, value), out _) ??= new IndexSet.Builder()).Add(i);
            }
        }

        foreach (var (key, builder) in byKey)
            _byKey.Add(key, builder.Build());
        foreach (var (label, builder) in byLabel)
            _byLabel.Add(label, builder.Build());
    }

    public IndexSet Select(LabelSelector selector) => Select(selector, 0, _count);

    /// <summary>What the selector picks among the things from <paramref name="start"/> up to, but not including, <paramref name="end"/>.</summary>
    public IndexSet Select(LabelSelector selector, int start, int end)
    {
        IndexSet? picked = null;
        foreach (var (key, value) in selector.MatchLabels)
        {
            Narrow(With(key, value, start, end));
            if (picked!.IsEmpty)
                return picked;
        }

        foreach (var requirement in selector.MatchExpressions)
        {
            switch (requirement.Operator)
            {
                case LabelSelectorRequirement.In:
                    Narrow(WithAny(requirement, start, end));
                    break;
                case LabelSelectorRequirement.Exists:
                    Narrow(With(requirement.Key, start, end));
                    break;

                // These two hold for what lacks the key.
                case LabelSelectorRequirement.NotIn:
                    picked = (picked ?? IndexSet.Range(start, end)).AndNot(WithAny(requirement, start, end));
                    break;
                case LabelSelectorRequirement.DoesNotExist:
                    picked = (picked ?? IndexSet.Range(start, end)).AndNot(With(requirement.Key, start, end));
                    break;
                default:
                    throw new ArgumentException($"{requirement.Operator} is not a selector operator.", nameof(selector));
            }
        }

        return picked ?? IndexSet.Range(start, end);

        void Narrow(IndexSet by) => picked = picked?.And(by) ?? by;
    }

    private IndexSet With(string key, int start, int end) => Cut(_byKey.GetValueOrDefault(key), start, end);

    private IndexSet With(string key, string value, int start, int end) => Cut(_byLabel.GetValueOrDefault((key, value)), start, end);

    private IndexSet WithAny(LabelSelectorRequirement requirement, int start, int end)
    {
        var any = IndexSet.Empty;
        foreach (var value in requirement.Values)
            any = any.Or(With(requirement.Key, value, start, end));
        return any;
    }

    private IndexSet Cut(IndexSet? all, int start, int end) =>
        all is null ? IndexSet.Empty : start == 0 && end == _count ? all : all.Slice(start, end);
}
