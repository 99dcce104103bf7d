using NetPolTools.Objects;
using NetPolTools.Text;

namespace NetPolTools.Linting;

/// <summary>The labels that some pods have, to tell a selector that is spelt wrongly from one for other pods.</summary>
internal sealed class LabelVocabulary
{
    // Among more values than this, one that is spelt alike is there by chance.
    private const int MostValues = 2000;

    // Among more pods than this it is worth knowing first whether any of them has the label.
    private const int FewPods = 64;

    // Of two letters, each other word is as near as a misspelt one.
    private const int ShortestSlip = 3;
    private const int MostEdits = 2;

    // So few are compared one by one before a table of them is worth its place.
    private const int FewSets = 8;

    private readonly List<LabelSet> _all = [];

    // Most namespaces have few.
    private HashSet<LabelSet>? _known;

    // Made when it is first asked for: most pods are just looked for. Threads that ask at the same time make the same.
    private Dictionary<string, SortedSet<string>>? _values;

    /// <summary>Of each pod; those that are the same once.</summary>
    public IReadOnlyCollection<LabelSet> All => _all;

    /// <summary>Before the first question.</summary>
    public void Add(LabelSet labels)
    {
        if (_all.Count < FewSets ? _all.Contains(labels) : !(_known ??= [.. _all]).Add(labels))
            return;
        _all.Add(labels);
    }

    /// <summary>Whether some pod matches a selector.</summary>
    public bool HasAny(LabelSelector selector) => (_all.Count <= FewPods || HasEachOf(selector.MatchLabels)) && HasOneOf(selector);

    /// <summary>Whether some pod has each of the labels that a selector needs to be there, with whatever value.</summary>
    public bool KnowsKeysOf(LabelSelector selector) => Needed(selector).All(needed => Values().ContainsKey(needed.Key));

    /// <summary>The label that a selector most likely means where it asks for one that no pod has; null for none.</summary>
    public LabelSlip? Nearest(LabelSelector selector) => _all.Count <= FewPods && !MayHaveNear(selector) ? null : FindNearest(selector);

    private LabelSlip? FindNearest(LabelSelector selector)
    {
        var all = Values();
        foreach (var (key, values) in Needed(selector))
        {
            foreach (var value in values)
            {
                if (!all.TryGetValue(key, out var known))
                {
                    if (all.Keys.FirstOrDefault(other => IsSlip(key, other) && all[other].Contains(value)) is { } meant)
                        return new LabelSlip(key, value, meant, value);
                }
                else if (value.Length >= ShortestSlip && !known.Contains(value) && known.Count <= MostValues
                    && NearestNames.Of(value, known).FirstOrDefault(near => IsSlip(value, near)) is { } near)
                {
                    return new LabelSlip(key, value, key, near);
                }
            }
        }

        return null;
    }

    /// <summary>Whether some label may be what a selector means; it makes nothing, and in most namespaces none is.</summary>
    private bool MayHaveNear(LabelSelector selector)
    {
        for (var i = 0; i < selector.MatchLabels.Count; i++)
        {
            if (MayHaveNear(selector.MatchLabels[i].Key, selector.MatchLabels[i].Value))
                return true;
        }

        for (var i = 0; i < selector.MatchExpressions.Count; i++)
        {
            var asked = selector.MatchExpressions[i];
            for (var v = 0; asked.Operator == LabelSelectorRequirement.In && v < asked.Values.Count; v++)
            {
                if (MayHaveNear(asked.Key, asked.Values[v]))
                    return true;
            }
        }

        return false;
    }

    private bool MayHaveNear(string key, string value)
    {
        bool isKeyKnown = false, isValueKnown = false, isKeyNear = false, isValueNear = false;
        foreach (var labels in _all)
        {
            var pairs = labels.Pairs;
            for (var i = 0; i < pairs.Count; i++)
            {
                var (knownKey, knownValue) = pairs[i];
                if (knownKey != key)
                {
                    isKeyNear |= MayBeSlip(key, knownKey);
                    continue;
                }

                isKeyKnown = true;
                isValueKnown |= knownValue == value;
                isValueNear |= MayBeSlip(value, knownValue);
            }
        }

        return isKeyKnown ? !isValueKnown && isValueNear : isKeyNear;
    }

    /// <summary>Words of letters that are other ones are not misspelt: a letter that is wrong, missing or too many changes how often it is there.</summary>
    private static bool MayBeSlip(string written, string known)
    {
        if (Math.Min(written.Length, known.Length) < ShortestSlip || Math.Abs(written.Length - known.Length) > MostEdits)
            return false;
        Span<short> counts = stackalloc short[128];
        counts.Clear();
        if (!Count(written, 1, counts) || !Count(known, -1, counts))
            return true;
        var (tooMany, missing) = (0, 0);
        foreach (var count in counts)
        {
            tooMany += Math.Max(count, (short)0);
            missing += Math.Max(-count, 0);
        }

        return Math.Max(tooMany, missing) <= MostEdits;

        // Of letters that have another case elsewhere nothing is said.
        static bool Count(string word, short step, Span<short> counts)
        {
            foreach (var letter in word)
            {
                if (letter >= counts.Length)
                    return false;
                counts[letter is >= 'a' and <= 'z' ? letter - 'a' + 'A' : letter] += step;
            }

            return true;
        }
    }

    private bool HasOneOf(LabelSelector selector)
    {
        for (var i = 0; i < _all.Count; i++)
        {
            if (selector.Matches(_all[i]))
                return true;
        }

        return false;
    }

    private bool HasEachOf(IReadOnlyList<KeyValuePair<string, string>> labels)
    {
        for (var i = 0; i < labels.Count; i++)
        {
            if (!Values().TryGetValue(labels[i].Key, out var values) || !values.Contains(labels[i].Value))
                return false;
        }

        return true;
    }

    private Dictionary<string, SortedSet<string>> Values()
    {
        if (_values is { } known)
            return known;
        var made = new Dictionary<string, SortedSet<string>>();
        foreach (var labels in _all)
        {
            foreach (var (key, value) in labels)
            {
                if (!made.TryGetValue(key, out var values))
                    made.Add(key, values = new SortedSet<string>(StringComparer.Ordinal));
                values.Add(value);
            }
        }

        return _values = made;
    }

    private static IEnumerable<(string Key, IReadOnlyList<string> Values)> Needed(LabelSelector selector) =>
        selector.MatchLabels.Select(static label => (label.Key, (IReadOnlyList<string>)[label.Value])).Concat(selector.MatchExpressions
            .Where(static requirement => requirement.Operator is LabelSelectorRequirement.In or LabelSelectorRequirement.Exists)
            .Select(static requirement => (requirement.Key, requirement.Values)));

    /// <summary>
    /// Whether two words differ as one that is misspelt does. Words of a series, such as app-1 and app-2 or team-a and team-b, are different words.
    /// </summary>
    private static bool IsSlip(string written, string known)
    {
        var length = Math.Min(written.Length, known.Length);
        if (length < ShortestSlip || EditDistance.Of(written.ToUpperInvariant(), known.ToUpperInvariant()) > (length < 5 ? 1 : MostEdits))
            return false;
        return Counted(written) != Counted(known);

        static string Counted(string word) => string.Join('-', word.Split('-', '.', '_').Select(
            static part => part.Length < 2 ? "" : part.TrimEnd('0', '1', '2', '3', '4', '5', '6', '7', '8', '9')));
    }
}

/// <summary>A label that a selector asks for and that is a misspelling of another.</summary>
/// <param name="Key">As written.</param>
/// <param name="Value">As written.</param>
/// <param name="MeantKey">That pods have.</param>
/// <param name="MeantValue">That pods have.</param>
internal sealed record LabelSlip(string Key, string Value, string MeantKey, string MeantValue)
{
    /// <summary>A sentence with a blank before it.</summary>
    public string Hint => $" Pods have {MeantKey}={MeantValue}.";

    public LintCorrection Correction => new($"Write {MeantKey}={MeantValue} for {Key}={Value}.") { Text = $"{MeantKey}: {MeantValue}" };
}
