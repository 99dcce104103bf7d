namespace NetPolTools.Exposure;

/// <summary>Puts boxes of labels together again to few wide ones: the shortest selectors that say the same.</summary>
/// <param name="space">Of the boxes.</param>
internal sealed class LabelCover(LabelSpace space)
{
    /// <summary>Boxes that together hold everything wanted and nothing that is not; those of them may overlap.</summary>
    /// <param name="wanted">All of it is covered.</param>
    /// <param name="others">None of it is.</param>
    public IReadOnlyList<LabelBox> Of(IReadOnlyList<LabelBox> wanted, IReadOnlyList<LabelBox> others)
    {
        var cover = new List<LabelBox>();
        var left = new List<LabelBox>(wanted);
        var widened = new Dictionary<LabelBox, (LabelBox Box, int Restrictions)>(ReferenceEqualityComparer.Instance);
        while (left.Count > 0)
        {
            // The widest box that some of what is left is part of.
            var widest = left.Select(OnceWidened).MinBy(static wide => wide.Restrictions).Box;
            cover.Add(widest);
            left = [.. left.SelectMany(box => box.Except(widest, space))];
        }

        // What was taken early may have become needless.
        for (var i = cover.Count - 1; i >= 0 && cover.Count > 1; i--)
        {
            var without = cover.Where((_, at) => at != i).ToArray();
            if (!Rest(wanted, without).Any())
                cover.RemoveAt(i);
        }

        return cover;

        // Most of what is left in one round is left in the next.
        (LabelBox Box, int Restrictions) OnceWidened(LabelBox box)
        {
            if (!widened.TryGetValue(box, out var wide))
                widened.Add(box, wide = Widened(box, others) is var found ? (found, Restrictions(found)) : default);
            return wide;
        }
    }

    /// <summary>What of some boxes is in none of others.</summary>
    public IEnumerable<LabelBox> Rest(IEnumerable<LabelBox> boxes, IEnumerable<LabelBox> without) =>
        without.Aggregate(boxes, (left, other) => left.SelectMany(box => box.Except(other, space)).ToArray());

    private int Restrictions(LabelBox box) => Enumerable.Range(0, space.Count).Count(key => box[key] is not null);

    /// <summary>The box with as few restrictions as do not let it meet others; namespaces are set free first.</summary>
    private LabelBox Widened(LabelBox box, IReadOnlyList<LabelBox> others)
    {
        for (var key = 0; key < space.Count; key++)
        {
            if (box[key] is not null && !OverlapsAny(box, others, key))
                box = box.With(key, null);
        }

        for (var key = 0; key < space.Count; key++)
        {
            if (box[key] is not null)
                box = box.With(key, Apart(box, others, key));
        }

        return box;
    }

    private static bool OverlapsAny(LabelBox box, IReadOnlyList<LabelBox> others, int but)
    {
        for (var i = 0; i < others.Count; i++)
        {
            if (box.Overlaps(others[i], but))
                return true;
        }

        return false;
    }

    /// <summary>The values of a key that a box may have without meeting others.</summary>
    private ValueSet Apart(LabelBox box, IReadOnlyList<LabelBox> others, int key)
    {
        var taken = new HashSet<ValueSet>(ReferenceEqualityComparer.Instance);
        for (var i = 0; i < others.Count; i++)
        {
            if (box.Overlaps(others[i], but: key))
                taken.Add(others[i][key]!);
        }

        return space.All(key).Except(taken);
    }
}
