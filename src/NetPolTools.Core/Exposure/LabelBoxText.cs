using NetPolTools.Policies;

namespace NetPolTools.Exposure;

/// <summary>Boxes of labels in words, as kubectl writes selectors: <c>app=web,tier in (api,db),!canary</c>.</summary>
internal static class LabelBoxText
{
    /// <summary>What a box asks of namespaces; empty for nothing. Ways to meet it stand one behind the other.</summary>
    public static string OfNamespaces(LabelBox box, LabelSpace space) => Of(box, space, static key => key.Owner == LabelOwner.Namespace);

    /// <summary>What a box asks of pods and their service accounts; empty for nothing.</summary>
    public static string OfPods(LabelBox box, LabelSpace space) => Of(box, space, static key => key.Owner != LabelOwner.Namespace);

    private static string Of(LabelBox box, LabelSpace space, Func<LabelKey, bool> isAsked)
    {
        IEnumerable<string> ways = [""];
        for (var key = 0; key < space.Count; key++)
        {
            if (box[key] is not { } values || !isAsked(space.KeyOf(key)))
                continue;
            string[] ofKey = [.. WaysOf(space, key, values)];
            ways = ways.SelectMany(way => ofKey.Select(more => way.Length == 0 ? more : $"{way},{more}")).ToArray();
        }

        return string.Join(" or ", ways);
    }

    /// <summary>
    /// Mostly one; more where a label may be absent or have some values and no others. Of values that policies test by their parts, the tests are told, and
    /// where these do not suffice an example: <c>app like xa</c> has the same parts as xa.
    /// </summary>
    private static IEnumerable<string> WaysOf(LabelSpace space, int key, ValueSet values)
    {
        var name = NameOf(space.KeyOf(key));
        var (mayBeAbsent, mayBeOther) = (values.Contains(LabelSpace.Absent), values.Contains(space.Other(key)));
        if (!mayBeOther)
        {
            var (tests, named, examples) = Parted(space, key, values);
            return
            [
                .. mayBeAbsent ? new[] { "!" + name } : [],
                .. tests.Select(test => $"{name} {test}"),
                .. named.Length switch { 0 => [], 1 => [$"{name}={named[0]}"], _ => new[] { $"{name} in ({string.Join(",", named)})" } },
                .. examples.Select(example => $"{name} like {example}"),
            ];
        }

        var (excluded, missing, unlike) = Parted(space, key, space.All(key).Except(values));
        return
        [
            string.Join(',',
            [
                .. mayBeAbsent || space.KeyOf(key).IsNeverAbsent ? [] : new[] { name },
                .. excluded.Select(test => $"not ({name} {test})"),
                .. missing.Length switch { 0 => [], 1 => [$"{name}!={missing[0]}"], _ => new[] { $"{name} notin ({string.Join(",", missing)})" } },
                .. unlike.Select(example => $"{name} unlike {example}"),
            ]),
        ];
    }

    /// <summary>Values in words: tests that all of them stand that stand them at all, what is left by name, and examples of what has no name.</summary>
    private static (string[] Tests, string[] Named, string[] Examples) Parted(LabelSpace space, int key, ValueSet values)
    {
        var (rest, tests) = (values, new List<string>());
        foreach (var (test, part, holding) in space.PartTests(key))
        {
            if (!holding.Except(values).IsEmpty || !holding.Overlaps(rest))
                continue;
            tests.Add($"{Words(test)} '{part}'");
            rest = rest.Except(holding);
        }

        var left = rest.Values().Where(value => value != LabelSpace.Absent && value != space.Other(key)).ToLookup(value => space.IsExample(key, value));
        return ([.. tests], [.. left[false].Select(value => space.ValueOf(key, value)!)], [.. left[true].Select(value => space.ValueOf(key, value)!)]);
    }

    private static string Words(LabelTest test) => test switch
    {
        LabelTest.StartsWith => "starts with",
        LabelTest.EndsWith => "ends with",
        _ => "contains",
    };

    private static string NameOf(LabelKey key) =>
        key == LabelKey.AccountName ? "service account" : key.Owner == LabelOwner.ServiceAccount ? $"service account label {key.Key}" : key.Key;
}
