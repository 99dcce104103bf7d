using System.Collections.Immutable;
using System.Globalization;
using NetPolTools.Objects;
using NetPolTools.Policies;

namespace NetPolTools.Exposure;

/// <summary>
/// The labels that some conditions ask about, and of each the values that they can tell from each other: absent, every value that is named, and one that
/// stands for all others. Immutable.
/// </summary>
internal sealed class LabelSpace
{
    /// <summary>The number of the value of a label that is not there.</summary>
    public const int Absent = 0;

    // Tests of parts of a text can meet in one value; with more of them than this, only two by two of the first ones.
    private const int MostJoined = 8;

    private readonly Dictionary<LabelKey, int> _numbers = [];
    private readonly List<LabelKey> _keys = [];

    /// <summary>By key: null for absent, then the values that are named, then one that stands for all others.</summary>
    private readonly List<string?[]> _values = [];
    private readonly List<ValueSet> _all = [];

    /// <summary>By key, the tests of parts of its values.</summary>
    private readonly List<LabelPredicate.Label[]> _partTests = [];

    /// <summary>By key, values that are told from others although nothing asks for them.</summary>
    private readonly List<HashSet<string>> _known = [];

    /// <summary>By key, the values of which it is asked whether it has exactly these.</summary>
    private readonly List<HashSet<string>> _areAsked = [];
    private readonly Dictionary<LabelPredicate, ValueSet> _holding = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<LabelPredicate, ValueSet> _failing = new(ReferenceEqualityComparer.Instance);

    /// <param name="conditions">All that are asked in this space.</param>
    /// <param name="accounts">Names of service accounts to be told from others where conditions ask for parts of such names.</param>
    public LabelSpace(IEnumerable<LabelPredicate> conditions, IEnumerable<string>? accounts = null)
    {
        var tests = new SortedDictionary<LabelKey, List<(LabelTest Test, string Value)>>(Comparer<LabelKey>.Create(static (a, b) =>
            a.Owner != b.Owner ? Order(a).CompareTo(Order(b)) : string.CompareOrdinal(a.Key, b.Key)));
        foreach (var (key, test, values) in conditions.SelectMany(PredicateContent.LeavesOf))
        {
            if (!tests.TryGetValue(key, out var known))
                tests.Add(key, known = []);
            known.AddRange(values.Select(value => (test, value)));
        }

        foreach (var (key, asked) in tests)
        {
            _numbers.Add(key, _keys.Count);
            _keys.Add(key);
            _known.Add([.. key == LabelKey.AccountName ? accounts ?? [] : []]);
            var values = Values(key, [.. asked.Distinct()], _known[^1]);
            _areAsked.Add([.. asked.Where(static test => test.Test == LabelTest.In).Select(static test => test.Value)]);
            _partTests.Add([.. asked.Distinct().Where(static test => test.Test is not (LabelTest.In or LabelTest.Exists))
                .Select(test => new LabelPredicate.Label(key.Owner, key.Key, test.Test, [test.Value]))]);
            _values.Add(values);
            _all.Add(ValueSet.Where(values.Length, i => i > 0 || !key.IsNeverAbsent));
        }
    }

    /// <summary>How many keys there are.</summary>
    public int Count => _keys.Count;

    public LabelKey KeyOf(int key) => _keys[key];

    /// <summary>The number of a key; null where nothing asks for it.</summary>
    public int? Find(LabelKey key) => _numbers.TryGetValue(key, out var number) ? number : null;

    /// <summary>Every value of a key.</summary>
    public ValueSet All(int key) => _all[key];

    /// <summary>A value of a key; null for absent.</summary>
    public string? ValueOf(int key, int value) => _values[key][value];

    /// <summary>The number of the value that stands for all that are not named.</summary>
    public int Other(int key) => _values[key].Length - 1;

    /// <summary>The number of a value; one that nothing names has that of one which stands the same tests.</summary>
    /// <param name="key">Its number.</param>
    /// <param name="value">Null for absent.</param>
    public int Number(int key, string? value)
    {
        if (value is null)
            return Absent;
        var at = Array.BinarySearch(_values[key], 1, _values[key].Length - 2, value, StringComparer.Ordinal);
        if (at >= 0)
            return at;
        for (at = Other(key); at > Absent; at--)
        {
            if (AreAlike(key, at, value))
                return at;
        }

        return Other(key);
    }

    /// <summary>Whether nothing tells a value that nothing names from one of the space's.</summary>
    /// <param name="key">Its number.</param>
    /// <param name="known">The number of the one.</param>
    /// <param name="value">The other.</param>
    public bool AreAlike(int key, int known, string value) => !_areAsked[key].Contains(_values[key][known]!) && !_areAsked[key].Contains(value)
        && Array.TrueForAll(_partTests[key], test => test.Holds(value) == test.Holds(_values[key][known]!));

    /// <summary>The tests of parts of a key's values, and the values that stand them; those that most stand first.</summary>
    public IEnumerable<(LabelTest Test, string Part, ValueSet Holding)> PartTests(int key) => _partTests[key]
        .Select(test => (test.Test, test.Values[0], ValueSet.Where(_values[key].Length, i => _values[key][i] is { } value && test.Holds(value))))
        .OrderByDescending(static test => test.Item3.Count);

    /// <summary>Whether a value stands for others that stand the same tests of parts, and is not one that was named.</summary>
    public bool IsExample(int key, int value) =>
        _partTests[key].Length > 0 && !_areAsked[key].Contains(_values[key][value]!) && !_known[key].Contains(_values[key][value]!);

    /// <summary>The values of a key but some that are named.</summary>
    /// <param name="key">Its number.</param>
    /// <param name="isMeant">Whether a name is one of these.</param>
    public ValueSet Without(int key, Func<string, bool> isMeant) =>
        ValueSet.Where(_values[key].Length, i => _all[key].Contains(i) && !(i > Absent && i < Other(key) && isMeant(_values[key][i]!)));

    /// <summary>Whether labels are among those that a box has for their owner; a name is no label here, but for that of a namespace.</summary>
    /// <param name="box">Of this space.</param>
    /// <param name="owner">Whose labels they are.</param>
    /// <param name="labels">All of them.</param>
    public bool Allows(LabelBox box, LabelOwner owner, LabelSet labels)
    {
        for (var key = 0; key < Count; key++)
        {
            if (_keys[key].Owner == owner && _keys[key] != LabelKey.AccountName && box[key] is { } values
                && !values.Contains(Number(key, labels.TryGet(_keys[key].Key, out var value) ? value : null)))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Whether there is a part of a box in which a condition holds, or does not; null where only splitting it tells.</summary>
    /// <param name="box">Of this space.</param>
    /// <param name="condition">One of those that the space was made for, or a part of one.</param>
    /// <param name="holds">Whether it is to hold.</param>
    public bool? Meets(LabelBox box, LabelPredicate condition, bool holds)
    {
        switch (condition)
        {
            case LabelPredicate.Not not:
                return Meets(box, not.Part, !holds);
            case LabelPredicate.AllOf all:
                return Meets(box, all.Parts, holds, areAllNeeded: holds);
            case LabelPredicate.AnyOf any:
                return Meets(box, any.Parts, holds, areAllNeeded: !holds);
            default:
                if (PredicateContent.LeafOf(condition) is not { } leaf)
                    return !holds;
                var key = _numbers[leaf.Key];
                var values = holds ? Holding(condition, key) : Failing(condition, key);
                return box[key] is { } own ? own.Overlaps(values) : !values.IsEmpty;
        }
    }

    /// <summary>Of several parts: each may be met where all of them together are not.</summary>
    private bool? Meets(LabelBox box, ImmutableArray<LabelPredicate> parts, bool holds, bool areAllNeeded)
    {
        var isKnown = !areAllNeeded || parts.Length < 2;
        foreach (var part in parts)
        {
            var meets = Meets(box, part, holds);
            if (meets == !areAllNeeded)
                return meets;
            isKnown &= meets is not null;
        }

        return isKnown ? areAllNeeded : null;
    }

    /// <summary>The parts of a box in which a condition holds, or does not; disjoint.</summary>
    /// <param name="box">Of this space.</param>
    /// <param name="condition">One of those that the space was made for, or a part of one.</param>
    /// <param name="holds">Whether it is to hold.</param>
    public IReadOnlyList<LabelBox> Split(LabelBox box, LabelPredicate condition, bool holds)
    {
        var parts = new List<LabelBox>();
        Split(box, condition, holds, parts);
        return parts;
    }

    /// <summary>The same of several boxes.</summary>
    public LabelBox[] Split(IReadOnlyList<LabelBox> boxes, LabelPredicate condition, bool holds)
    {
        var parts = new List<LabelBox>();
        for (var i = 0; i < boxes.Count; i++)
            Split(boxes[i], condition, holds, parts);
        return [.. parts];
    }

    private void Split(LabelBox box, LabelPredicate condition, bool holds, List<LabelBox> to)
    {
        switch (condition)
        {
            case LabelPredicate.Not not:
                Split(box, not.Part, !holds, to);
                break;
            case LabelPredicate.AllOf all:
                Split(box, all.Parts.AsSpan(), holds, areAllMeant: holds, to);
                break;
            case LabelPredicate.AnyOf any:
                Split(box, any.Parts.AsSpan(), holds, areAllMeant: !holds, to);
                break;
            default:
                if (Part(box, condition, holds) is { } part)
                    to.Add(part);
                break;
        }
    }

    /// <summary>Where every part holds, or none does; or where some part does, each box by the first part for which that is so.</summary>
    private void Split(LabelBox box, ReadOnlySpan<LabelPredicate> parts, bool holds, bool areAllMeant, List<LabelBox> to)
    {
        var left = box;
        while (parts is [not (LabelPredicate.Not or LabelPredicate.AllOf or LabelPredicate.AnyOf) and var leaf, ..])
        {
            if (!areAllMeant && Part(left, leaf, holds) is { } found)
                to.Add(found);
            if (Part(left, leaf, areAllMeant ? holds : !holds) is not { } rest)
                return;
            left = rest;
            parts = parts[1..];
        }

        List<LabelBox> all = [left];
        foreach (var part in parts)
        {
            var next = new List<LabelBox>();
            foreach (var one in all)
            {
                if (!areAllMeant)
                    Split(one, part, holds, to);
                Split(one, part, areAllMeant ? holds : !holds, next);
            }

            all = next;
        }

        if (areAllMeant)
            to.AddRange(all);
    }

    /// <summary>The part of a box in which a test of one label holds, or does not; null where there is none.</summary>
    private LabelBox? Part(LabelBox box, LabelPredicate test, bool holds)
    {
        // What is one of certain objects is there already.
        if (PredicateContent.LeafOf(test) is not { } leaf)
            return holds ? null : box;
        var key = _numbers[leaf.Key];
        return box.Among(key, holds ? Holding(test, key) : Failing(test, key));
    }

    private ValueSet Holding(LabelPredicate leaf, int key)
    {
        if (!_holding.TryGetValue(leaf, out var values))
            _holding.Add(leaf, values = FindHolding(leaf, key));
        return values;
    }

    private ValueSet FindHolding(LabelPredicate leaf, int key)
    {
        var all = _values[key];
        if (PredicateContent.LeafOf(leaf) is not { Test: LabelTest.In } one)
            return ValueSet.Where(all.Length, i => all[i] is { } value && PredicateContent.Holds(leaf, value));

        // Thousands of conditions may name one value each of thousands, which stand in order.
        var found = new List<int>(one.Values.Length);
        foreach (var value in one.Values)
        {
            if (Array.BinarySearch(all, 1, all.Length - 2, value, StringComparer.Ordinal) is >= 0 and var at)
                found.Add(at);
        }

        return ValueSet.Of(all.Length, found);
    }

    private ValueSet Failing(LabelPredicate leaf, int key)
    {
        if (!_failing.TryGetValue(leaf, out var values))
            _failing.Add(leaf, values = _all[key].Except(Holding(leaf, key)));
        return values;
    }

    private static string?[] Values(LabelKey key, (LabelTest Test, string Value)[] asked, IEnumerable<string> known)
    {
        var named = new SortedSet<string>(asked.Select(static test => test.Value), StringComparer.Ordinal);
        var parts = asked.Where(static test => test.Test != LabelTest.In).Select(static test => test.Value).Take(MostJoined).ToArray();
        if (parts.Length > 0)
            named.UnionWith(known);
        foreach (var part in parts)
        {
            named.UnionWith([part + "x", "x" + part, "x" + part + "x"]);
            foreach (var other in parts)
                named.UnionWith([part + other, part + "x" + other]);
        }

        named.RemoveWhere(value => !key.Takes(value));

        // All others stand no test of parts: where the word itself has such a part, so has none that is made of a letter which is in no part.
        var letter = "zyxwvutsrqponmlkjihgfedcba9876543210".FirstOrDefault(sign => !Array.Exists(parts, part => part.Contains(sign)), 'z');
        var others = Enumerable.Range(0, int.MaxValue).Select(static i => i == 0 ? "other" : $"other-{i.ToString(CultureInfo.InvariantCulture)}");
        var plain = Enumerable.Range(1, int.MaxValue).Select(count => new string(letter, count));
        return [null, .. named, (parts.Length == 0 ? others : plain).First(value => !named.Contains(value))];
    }

    /// <summary>Namespaces before pods, so that what matters most of a place comes first.</summary>
    private static int Order(LabelKey key) => key.Owner switch
    {
        LabelOwner.Namespace => 0,
        LabelOwner.Pod => 1,
        _ => 2,
    };
}
