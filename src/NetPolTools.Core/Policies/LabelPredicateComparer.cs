using System.Collections.Immutable;

namespace NetPolTools.Policies;

/// <summary>Compares conditions by what they say, in the order in which they say it.</summary>
internal sealed class LabelPredicateComparer : IEqualityComparer<LabelPredicate>
{
    public static readonly LabelPredicateComparer Instance = new();

    public bool Equals(LabelPredicate? x, LabelPredicate? y) => ReferenceEquals(x, y) || (x, y) switch
    {
        (LabelPredicate.AllOf a, LabelPredicate.AllOf b) => Equals(a.Parts, b.Parts),
        (LabelPredicate.AnyOf a, LabelPredicate.AnyOf b) => Equals(a.Parts, b.Parts),
        (LabelPredicate.Not a, LabelPredicate.Not b) => Equals(a.Part, b.Part),
        (LabelPredicate.Label a, LabelPredicate.Label b) =>
            (a.Owner, a.Key, a.Test) == (b.Owner, b.Key, b.Test) && a.Values.AsSpan().SequenceEqual(b.Values.AsSpan()),
        (LabelPredicate.HasServiceAccount a, LabelPredicate.HasServiceAccount b) =>
            a.Test == b.Test && a.Names.AsSpan().SequenceEqual(b.Names.AsSpan()),
        (LabelPredicate.IsOneOf a, LabelPredicate.IsOneOf b) => a.Objects.AsSpan().SequenceEqual(b.Objects.AsSpan()),
        _ => x is not null && x.Equals(y),
    };

    public int GetHashCode(LabelPredicate predicate)
    {
        var hash = default(HashCode);
        AddTo(ref hash, predicate);
        return hash.ToHashCode();
    }

    private bool Equals(ImmutableArray<LabelPredicate> a, ImmutableArray<LabelPredicate> b) => a.AsSpan().SequenceEqual(b.AsSpan(), this);

    private static void AddTo(ref HashCode hash, LabelPredicate predicate)
    {
        hash.Add(predicate.GetType());
        switch (predicate)
        {
            case LabelPredicate.AllOf { Parts: var parts }:
                AddTo(ref hash, parts);
                break;
            case LabelPredicate.AnyOf { Parts: var parts }:
                AddTo(ref hash, parts);
                break;
            case LabelPredicate.Not { Part: var part }:
                AddTo(ref hash, part);
                break;
            case LabelPredicate.Label label:
                hash.Add(label.Key);
                foreach (var value in label.Values)
                    hash.Add(value);
                break;
            case LabelPredicate.InNamespace ns:
                hash.Add(ns.Name);
                break;
        }
    }

    private static void AddTo(ref HashCode hash, ImmutableArray<LabelPredicate> parts)
    {
        foreach (var part in parts)
            AddTo(ref hash, part);
    }
}
