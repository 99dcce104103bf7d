namespace NetPolTools.Validation;

/// <summary>Text of the input within a message: a value may be as long as the whole file.</summary>
internal static class Excerpt
{
    private const int MaxLength = 80;

    public static string Of(string text) => text.Length <= MaxLength ? text : string.Concat(text.AsSpan(0, MaxLength - 3), "...");
}
