using NetPolTools.Policies;
using NetPolTools.Sets;

namespace NetPolTools.Reachability;

/// <summary>The pods of one namespace of which a condition on labels holds.</summary>
/// <param name="labels">Of pods.</param>
/// <param name="which">The condition.</param>
internal readonly struct NamespaceWords(LabelIndex labels, LabelPredicate which) : IWords
{
    /// <summary>Whether a condition asks for labels of pods alone, beside for the namespace.</summary>
    /// <param name="which">The condition.</param>
    /// <param name="ns">The one part of it that asks for the namespace.</param>
    public static bool GoesByLabels(LabelPredicate which, LabelPredicate.InNamespace ns)
    {
        if (which is not LabelPredicate.AllOf all)
            return ReferenceEquals(which, ns) || GoesByLabels(which);
        foreach (var part in all.Parts)
        {
            if (!ReferenceEquals(part, ns) && !GoesByLabels(part))
                return false;
        }

        return true;
    }

    public ulong WordAt(int position) => WordAt(which, position);

    private ulong WordAt(LabelPredicate predicate, int position) => predicate switch
    {
        LabelPredicate.Label label => labels.WordAt(label, position),
        LabelPredicate.AllOf all => InAll(all, position),
        LabelPredicate.AnyOf any => InAny(any, position),
        LabelPredicate.Not not => ~WordAt(not.Part, position),

        // No pods of others are asked for.
        _ => ulong.MaxValue,
    };

    private ulong InAll(LabelPredicate.AllOf all, int position)
    {
        var word = ulong.MaxValue;
        foreach (var part in all.Parts)
            word &= WordAt(part, position);
        return word;
    }

    private ulong InAny(LabelPredicate.AnyOf any, int position)
    {
        var word = 0UL;
        foreach (var part in any.Parts)
            word |= WordAt(part, position);
        return word;
    }

    private static bool GoesByLabels(LabelPredicate predicate) => predicate switch
    {
        LabelPredicate.Label label => label.Owner == LabelOwner.Pod,
        LabelPredicate.AllOf all => all.Parts.All(GoesByLabels),
        LabelPredicate.AnyOf any => any.Parts.All(GoesByLabels),
        LabelPredicate.Not not => GoesByLabels(not.Part),
        _ => false,
    };
}
