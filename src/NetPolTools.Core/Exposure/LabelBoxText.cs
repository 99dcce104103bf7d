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

    /// <summary>Mostly one; one more where a label may be absent or have some values and no others.</summary>
    private static IEnumerable<string> WaysOf(LabelSpace space, int key, ValueSet values)
    {
        var name = NameOf(space.KeyOf(key));
        var (mayBeAbsent, mayBeOther) = (values.Contains(LabelSpace.Absent), values.Contains(space.Other(key)));
        if (!mayBeOther)
        {
            if (mayBeAbsent)
                yield return "!" + name;
            string[] named = [.. Named(values)];
            if (named.Length > 0)
                yield return named.Length == 1 ? $"{name}={named[0]}" : $"{name} in ({string.Join(",", named)})";
            yield break;
        }

        string[] missing = [.. Named(space.All(key).Except(values))];
        var notThose = missing.Length switch
        {
            0 => "",
            1 => $"{name}!={missing[0]}",
            _ => $"{name} notin ({string.Join(",", missing)})",
        };
        yield return mayBeAbsent || space.KeyOf(key).IsNeverAbsent ? notThose : notThose.Length == 0 ? name : $"{name},{notThose}";

        IEnumerable<string> Named(ValueSet some) =>
            some.Values().Where(value => value != LabelSpace.Absent && value != space.Other(key)).Select(value => space.ValueOf(key, value)!);
    }

    private static string NameOf(LabelKey key) =>
        key == LabelKey.AccountName ? "service account" : key.Owner == LabelOwner.ServiceAccount ? $"service account label {key.Key}" : key.Key;
}
