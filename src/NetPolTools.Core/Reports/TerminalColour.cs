namespace NetPolTools.Reports;

/// <summary>The colours of a terminal, by their numbers in ECMA-48.</summary>
internal static class TerminalColour
{
    public const int Faint = 2;
    public const int Red = 31;
    public const int Green = 32;
    public const int Yellow = 33;
    public const int Magenta = 35;

    /// <param name="isColoured">Whether there are colours.</param>
    /// <param name="text">Made printable before.</param>
    /// <param name="colour">One of these.</param>
    public static string Of(bool isColoured, string text, int colour) => isColoured ? $"\e[{colour}m{text}\e[0m" : text;
}
