namespace NetPolTools.Objects;

/// <summary>Label selectors as kubectl's <c>-l</c> takes them: <c>app=web,tier in (api,db),!canary</c>.</summary>
public static class LabelSelectorText
{
    /// <summary>Whether a text that may also be a name is meant as a selector: names have none of these signs.</summary>
    public static bool LooksLikeOne(string text) =>
        text.Contains('=') || text.Contains('(') || text.StartsWith('!');

    /// <exception cref="FormatException">Not a selector; the message says which part.</exception>
    public static LabelSelector Parse(string text)
    {
        var labels = new List<KeyValuePair<string, string>>();
        var expressions = new List<LabelSelectorRequirement>();
        foreach (var requirement in SplitOutsideBrackets(text).Select(ParseRequirement))
        {
            // As people write policies; a map can hold a key only once.
            if (requirement is { Operator: LabelSelectorRequirement.In, Values: [var value] } && !labels.Exists(label => label.Key == requirement.Key))
                labels.Add(new(requirement.Key, value));
            else
                expressions.Add(requirement);
        }

        return new LabelSelector { MatchLabels = labels, MatchExpressions = expressions };
    }

    private static LabelSelectorRequirement ParseRequirement(string text)
    {
        var open = text.IndexOf('(');
        if (open >= 0)
        {
            var words = text[..open].Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (words.Length != 2 || !text.EndsWith(')') || words[1] is not ("in" or "notin"))
                throw new FormatException($"'{text}' is not a label requirement; expected 'key in (a,b)' or 'key notin (a,b)'.");
            var values = text[(open + 1)..^1].Split(',', StringSplitOptions.TrimEntries);
            return new LabelSelectorRequirement(Key(words[0], text), words[1] == "in" ? LabelSelectorRequirement.In : LabelSelectorRequirement.NotIn, values);
        }

        if (text.StartsWith('!'))
            return new LabelSelectorRequirement(Key(text[1..], text), LabelSelectorRequirement.DoesNotExist, []);
        var equals = text.IndexOf('=');
        if (equals < 0)
            return new LabelSelectorRequirement(Key(text, text), LabelSelectorRequirement.Exists, []);
        var isNot = equals > 0 && text[equals - 1] == '!';
        var value = text[(equals + 1)..].TrimStart('=').Trim();
        return new LabelSelectorRequirement(
            Key(text[..(isNot ? equals - 1 : equals)], text), isNot ? LabelSelectorRequirement.NotIn : LabelSelectorRequirement.In, [value]);
    }

    private static string Key(string key, string requirement) => NameRules.CheckLabelKey(key.Trim()) is { } wrong
        ? throw new FormatException($"The label key in '{requirement}' {wrong}.")
        : key.Trim();

    private static IEnumerable<string> SplitOutsideBrackets(string text)
    {
        var start = 0;
        var depth = 0;
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '(')
                depth++;
            else if (text[i] == ')')
                depth--;
            if (text[i] != ',' || depth > 0)
                continue;
            yield return text[start..i].Trim();
            start = i + 1;
        }

        yield return text[start..].Trim();
    }
}
