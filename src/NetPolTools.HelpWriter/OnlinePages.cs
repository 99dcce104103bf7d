using System.Text.RegularExpressions;

namespace NetPolTools.HelpWriter;

/// <summary>Where the Markdown of the help can be read on the web.</summary>
public static class OnlinePages
{
    /// <summary>The folder in the repository that ProjectUri of a module's manifest names; null where the manifest names none.</summary>
    public static string? In(string manifest)
    {
        var project = Regex.Match(manifest, @"^\s*ProjectUri\s*=\s*['""](?<uri>[^'""]+)", RegexOptions.Multiline);

        // HEAD is the default branch, whatever its name.
        return project.Success ? $"{project.Groups["uri"].Value.TrimEnd('/')}/blob/HEAD/en-US" : null;
    }
}
