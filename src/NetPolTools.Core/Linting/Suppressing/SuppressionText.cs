using System.Globalization;

namespace NetPolTools.Linting.Suppressing;

/// <summary>What stands behind the rule: <c>until=2027-03-01 the reason</c>, or the reason alone.</summary>
/// <param name="Reason">Empty for none.</param>
/// <param name="Until">The last day; null for none.</param>
/// <param name="Mistake">What is wrong, as a sentence; null for nothing.</param>
internal readonly record struct SuppressionText(string Reason, DateOnly? Until, string? Mistake)
{
    private const string UntilWord = "until=";

    public static SuppressionText Parse(string text)
    {
        var rest = text.Trim();
        if (!rest.StartsWith(UntilWord, StringComparison.Ordinal))
            return new SuppressionText(rest, null, null);
        var end = rest.IndexOfAny([' ', '\t']);
        var written = rest[UntilWord.Length..(end < 0 ? rest.Length : end)];
        var reason = end < 0 ? "" : rest[end..].Trim();
        return DateOnly.TryParseExact(written, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var until)
            ? new SuppressionText(reason, until, null)
            : new SuppressionText(reason, null, $"'{written}' is no day; expected one such as until=2027-03-01.");
    }
}
