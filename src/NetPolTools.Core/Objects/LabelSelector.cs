namespace NetPolTools.Objects;

/// <summary>A label selector (meta/v1): every requirement must hold. Without requirements it selects everything.</summary>
public sealed record LabelSelector
{
    public static readonly LabelSelector Everything = new();

    /// <summary>In the order written. A value of "" matches a label that is present and empty, not an absent one.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> MatchLabels { get; internal init => field = Indexable.Of(value); } =
        FixedList<KeyValuePair<string, string>>.Empty;

    public IReadOnlyList<LabelSelectorRequirement> MatchExpressions { get; internal init => field = Indexable.Of(value); } =
        FixedList<LabelSelectorRequirement>.Empty;

    public bool SelectsEverything => MatchLabels.Count == 0 && MatchExpressions.Count == 0;

    /// <summary>The keys that it asks about, each as often as it does.</summary>
    internal IEnumerable<string> Keys => MatchLabels.Select(static label => label.Key).Concat(MatchExpressions.Select(static requirement => requirement.Key));

    /// <summary>Of a selector of namespaces, whether it asks about other labels than the one that repeats the name.</summary>
    internal bool AsksForLabelsOfNamespaces => HasKey(static key => key != Namespace.NameLabel);

    /// <summary>Whether some key that it asks about is as asked for. What every selector of a fleet is asked makes nothing on its way.</summary>
    internal bool HasKey(Predicate<string> asked)
    {
        for (var i = 0; i < MatchLabels.Count; i++)
        {
            if (asked(MatchLabels[i].Key))
                return true;
        }

        for (var i = 0; i < MatchExpressions.Count; i++)
        {
            if (asked(MatchExpressions[i].Key))
                return true;
        }

        return false;
    }

    public bool Matches(LabelSet labels)
    {
        // Hot: no iterators.
        for (var i = 0; i < MatchLabels.Count; i++)
        {
            if (!labels.TryGet(MatchLabels[i].Key, out var actual) || actual != MatchLabels[i].Value)
                return false;
        }

        for (var i = 0; i < MatchExpressions.Count; i++)
        {
            if (!MatchExpressions[i].Matches(labels))
                return false;
        }

        return true;
    }

    /// <summary>As kubectl writes selectors: <c>app=web,tier in (api,db),!canary</c>.</summary>
    public override string ToString() => (MatchLabels.Count, MatchExpressions.Count) switch
    {
        (0, 0) => "<everything>",
        (1, 0) => Text(MatchLabels[0]),
        (0, 1) => MatchExpressions[0].ToString(),
        _ => string.Join(",", MatchLabels.Select(Text).Concat(MatchExpressions.Select(static e => e.ToString()))),
    };

    private static string Text(KeyValuePair<string, string> label) => $"{label.Key}={label.Value}";
}

/// <summary>One item of <c>matchExpressions</c>.</summary>
/// <param name="Operator">In, NotIn, Exists or DoesNotExist, with exactly this case; anything else the API server refuses.</param>
public sealed record LabelSelectorRequirement(string Key, string Operator, IReadOnlyList<string> Values)
{
    public string Key { get; internal init; } = Key;

    public string Operator { get; internal init; } = Operator;

    public const string In = "In";
    public const string NotIn = "NotIn";
    public const string Exists = "Exists";
    public const string DoesNotExist = "DoesNotExist";

    public IReadOnlyList<string> Values { get; internal init => field = Indexable.Of(value); } = Indexable.Of(Values);

    /// <summary>NotIn and DoesNotExist hold for an object that lacks the key.</summary>
    /// <exception cref="InvalidOperationException">The operator is none of the four: validation comes first.</exception>
    public bool Matches(LabelSet labels)
    {
        var present = labels.TryGet(Key, out var value);
        return Operator switch
        {
            In => present && Values.Contains(value),
            NotIn => !present || !Values.Contains(value),
            Exists => present,
            DoesNotExist => !present,
            _ => throw new InvalidOperationException($"{Operator} is not a selector operator."),
        };
    }

    public override string ToString() => Operator switch
    {
        Exists => Key,
        DoesNotExist => "!" + Key,
        In => $"{Key} in ({string.Join(",", Values)})",
        NotIn => $"{Key} notin ({string.Join(",", Values)})",
        _ => $"{Key} {Operator} ({string.Join(",", Values)})",
    };
}
