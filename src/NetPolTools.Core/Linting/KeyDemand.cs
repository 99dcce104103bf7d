using NetPolTools.Objects;

namespace NetPolTools.Linting;

/// <summary>What a selector asks of one label: whether it may be missing, and which values it may have.</summary>
/// <param name="MayBeMissing">Whether an object without the label matches.</param>
/// <param name="Only">The values it may have; null for all but <paramref name="Never"/>.</param>
/// <param name="Never">Values that it may not have.</param>
/// <param name="MayBePresent">Whether an object with the label can match.</param>
internal sealed record KeyDemand(bool MayBeMissing, IReadOnlySet<string>? Only, IReadOnlySet<string> Never, bool MayBePresent = true)
{
    /// <summary>The label may be missing, or have any value.</summary>
    public static readonly KeyDemand Anything = new(true, null, new HashSet<string>());

    /// <summary>Whether no object can meet it.</summary>
    public bool IsImpossible => !MayBeMissing && (!MayBePresent || Only is { } only && only.All(Never.Contains));

    /// <summary>What it asks for, after "would have to be".</summary>
    public string Words => string.Join(" and ", new[]
    {
        MayBeMissing ? "" : "there",
        MayBePresent ? "" : "missing",
        Only is null ? "" : Only.Count == 0 ? "of two values at once" : $"one of {string.Join(", ", Only)}",
        Never.Count == 0 ? "" : $"none of {string.Join(", ", Never)}",
    }.Where(static part => part.Length > 0));

    /// <param name="selector">Valid.</param>
    /// <param name="key">A label.</param>
    public static KeyDemand Of(LabelSelector selector, string key)
    {
        var demand = Anything;
        for (var i = 0; i < selector.MatchLabels.Count; i++)
        {
            if (selector.MatchLabels[i].Key == key)
                demand = demand.With(new KeyDemand(false, new HashSet<string>(1) { selector.MatchLabels[i].Value }, Anything.Never));
        }

        for (var i = 0; i < selector.MatchExpressions.Count; i++)
        {
            if (selector.MatchExpressions[i].Key == key)
                demand = demand.With(Of(selector.MatchExpressions[i]));
        }

        return demand;
    }

    /// <summary>Whether an object may have the label with this value.</summary>
    public bool Allows(string value) => MayBePresent && Only?.Contains(value) != false && !Never.Contains(value);

    /// <summary>The one value that the label must have; null where it may have another, or none.</summary>
    public string? OnlyValue { get; } = !MayBeMissing && MayBePresent && Only is { Count: 1 } only ? only.First() : null;

    /// <summary>Whether whatever meets the other meets this.</summary>
    public bool Covers(KeyDemand other) => (MayBeMissing || !other.MayBeMissing) && CoversValues(other);

    /// <summary>Both at once.</summary>
    public KeyDemand With(KeyDemand other) => ReferenceEquals(this, Anything) ? other : new(
        MayBeMissing && other.MayBeMissing,
        Only is null ? other.Only : other.Only is null ? Only : Only.Intersect(other.Only).ToHashSet(),
        Never.Union(other.Never).ToHashSet(),
        MayBePresent && other.MayBePresent);

    private bool CoversValues(KeyDemand other)
    {
        if (!other.MayBePresent)
            return true;
        if (other.OnlyValue is { } one)
            return other.Never.Contains(one) || Allows(one);
        if (other.Only is { } values)
            return values.All(value => other.Never.Contains(value) || Allows(value));

        // It may have any other value, and there is no end of values.
        return MayBePresent && Only is null && Never.All(other.Never.Contains);
    }

    private static KeyDemand Of(LabelSelectorRequirement requirement) => requirement.Operator switch
    {
        LabelSelectorRequirement.In => new KeyDemand(false, requirement.Values.ToHashSet(), Anything.Never),
        LabelSelectorRequirement.NotIn => new KeyDemand(true, null, requirement.Values.ToHashSet()),
        LabelSelectorRequirement.Exists => new KeyDemand(false, null, Anything.Never),
        _ => new KeyDemand(true, null, Anything.Never, MayBePresent: false),
    };
}
