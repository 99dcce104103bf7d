using System.Management.Automation;

namespace NetPolTools.Output;

/// <summary>Colours of views, as $PSStyle has them. PowerShell itself leaves them out where none are wanted: NO_COLOR, redirection, PlainText.</summary>
internal static class Style
{
    // The reference assembly that the module is compiled with is older than $PSStyle.
    private static readonly Type? Styles = typeof(PSObject).Assembly.GetType("System.Management.Automation.PSStyle");

    /// <summary>What stands open, opened, or is not enforced.</summary>
    public static string Open(string text) => Paint(text, "Formatting", "Warning");

    /// <summary>What breaks, or does not do what it says.</summary>
    public static string Error(string text) => Paint(text, "Formatting", "Error");

    /// <summary>What is closed.</summary>
    public static string Closed(string text) => Paint(text, "Foreground", "Green");

    /// <summary>A part of a picture.</summary>
    /// <param name="text">The part.</param>
    /// <param name="colour">A colour of $PSStyle.Foreground.</param>
    public static string Drawn(string text, string colour) => Paint(text, "Foreground", colour);

    private static string Paint(string text, string group, string name)
    {
        if (text.Length == 0 || Styles?.GetProperty("Instance")?.GetValue(null) is not { } styles)
            return text;
        return Read(Read(styles, group), name) is string { Length: > 0 } start && Read(styles, "Reset") is string reset ? start + text + reset : text;
    }

    private static object? Read(object? from, string property) => from?.GetType().GetProperty(property)?.GetValue(from);
}
