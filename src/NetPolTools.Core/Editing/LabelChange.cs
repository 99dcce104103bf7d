using NetPolTools.Objects;

namespace NetPolTools.Editing;

/// <summary>A label that is set, or taken away.</summary>
/// <param name="Key">A label key that the API server takes.</param>
/// <param name="Value">A label value that it takes; null to take the label away.</param>
public sealed record LabelChange(string Key, string? Value)
{
    /// <summary>As kubectl label takes it: <c>app=web</c> sets a label, <c>app-</c> takes it away.</summary>
    /// <exception cref="FormatException">Neither, or the API server would refuse it; the message says why.</exception>
    public static LabelChange Parse(string text)
    {
        var equals = text.IndexOf('=');
        if (equals >= 0)
            return Create(text[..equals].Trim(), text[(equals + 1)..].Trim());
        return text.EndsWith('-')
            ? Create(text[..^1].Trim(), null)
            : throw new FormatException($"'{text}' is no change of a label; expected key=value to set one, or key- to take it away.");
    }

    /// <exception cref="FormatException">The API server would refuse it; the message says why.</exception>
    public static LabelChange Create(string key, string? value)
    {
        if (NameRules.CheckLabelKey(key) is { } wrongKey)
            throw new FormatException($"The label key '{key}' {wrongKey}.");
        if (value is not null && NameRules.CheckLabelValue(value) is { } wrongValue)
            throw new FormatException($"The value '{value}' of the label {key} {wrongValue}.");
        return new LabelChange(key, value);
    }

    /// <summary>Labels after the change.</summary>
    public LabelSet ApplyTo(LabelSet labels) => Value is null ? labels.Without(Key) : labels.With(Key, Value);

    public override string ToString() => Value is null ? $"{Key}-" : $"{Key}={Value}";
}
