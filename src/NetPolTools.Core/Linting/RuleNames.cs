using NetPolTools.Objects;

namespace NetPolTools.Linting;

/// <summary>
/// Rules as a sentence names them: the first of them, and how many more there are. Written into the sentence itself, since nearly every policy of a large
/// cluster may have one.
/// </summary>
/// <param name="rules">At least one.</param>
/// <param name="of">Of rules of this policy, their paths are enough.</param>
internal readonly struct RuleNames(IReadOnlyList<JudgedRule> rules, NetworkPolicy of) : ISpanFormattable
{
    /// <summary>So many are named.</summary>
    public const int Most = 3;

    /// <inheritdoc/>
    public bool TryFormat(Span<char> destination, out int charsWritten, ReadOnlySpan<char> format, IFormatProvider? provider)
    {
        charsWritten = 0;
        for (var i = 0; i < rules.Count && i < Most; i++)
        {
            if ((i > 0 && !Add(", ", destination, ref charsWritten)) || !Add(rules[i].NameIn(of), destination, ref charsWritten))
                return false;
        }

        if (rules.Count <= Most)
            return true;
        var isWritten = destination[charsWritten..].TryWrite(provider, $" and {rules.Count - Most} more", out var added);
        charsWritten += added;
        return isWritten;
    }

    public string ToString(string? format, IFormatProvider? formatProvider) => $"{this}";

    public override string ToString() => $"{this}";

    private static bool Add(string text, Span<char> destination, ref int written)
    {
        if (!text.TryCopyTo(destination[written..]))
            return false;
        written += text.Length;
        return true;
    }
}
