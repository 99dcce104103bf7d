using NetPolTools.Objects;

namespace NetPolTools.Reading;

/// <summary>Reads label selectors strictly, and tells people who put a field in the wrong place where it belongs.</summary>
internal static class SelectorReader
{
    private const string SelectorShape = "a selector: a map with matchLabels or matchExpressions, or {} for everything";

    /// <summary>One object for selectors of the same text; null for null.</summary>
    /// <param name="fields">Stands on the selector.</param>
    public static LabelSelector? Read(FieldReader fields) => fields.Known(fields.Shared.Selectors, static fields => Read(fields, null));

    /// <param name="fields">Stands on the selector.</param>
    /// <param name="advice">What to say of an unknown field of this name; null for what is said of any.</param>
    public static LabelSelector? Read(FieldReader fields, Func<string, string?>? advice)
    {
        if (fields.Kind == ManifestTokenKind.ArrayStart)
        {
            fields.Wrong(SelectorShape + "; remove the dash before matchLabels and indent the labels below it");
            return null;
        }

        if (!fields.EnterObject(SelectorShape))
            return null;
        var selector = LabelSelector.Everything;
        while (fields.NextField(out var name))
        {
            if (name == "matchLabels" && fields.Kind == ManifestTokenKind.ArrayStart)
                fields.Wrong("a map of labels; remove the dashes below matchLabels");
            else if (name == "matchLabels")
                selector = selector with { MatchLabels = fields.StringMap("a map of labels") ?? [] };
            else if (name == "matchExpressions")
                selector = selector with { MatchExpressions = ReadRequirements(fields) };
            else
                fields.Unknown($"Unknown field '{name}' in this selector; expected matchLabels or matchExpressions; "
                    + $"{advice?.Invoke(name) ?? $"if '{name}' is a label, indent it below matchLabels."}");
        }

        return selector;
    }

    private static List<LabelSelectorRequirement> ReadRequirements(FieldReader fields)
    {
        var requirements = new List<LabelSelectorRequirement>();
        if (!fields.EnterArray("a list of requirements, each with a dash: '- key: …'"))
            return requirements;
        while (fields.NextItem())
        {
            string key = "", @operator = "";
            IReadOnlyList<string> values = [];
            if (fields.EnterObject("a map with key, operator and values"))
            {
                while (fields.NextField(out var name))
                {
                    if (name == "key")
                        key = fields.String() ?? "";
                    else if (name == "operator")
                        @operator = fields.String() ?? "";
                    else if (name == "values")
                        values = fields.Strings("a list of label values, such as [web, api]") ?? values;
                    else
                        fields.Unknown($"Unknown field '{name}' in this requirement; expected key, operator or values.");
                }
            }

            requirements.Add(new LabelSelectorRequirement(key, @operator, values));
        }

        return requirements;
    }
}
