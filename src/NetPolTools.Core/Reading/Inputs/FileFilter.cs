using System.IO.Enumeration;

namespace NetPolTools.Reading;

/// <summary>
/// Which files of a folder are read. A pattern with the wildcards * and ? is held against the name of a file and of each folder on the way to it; one with
/// a slash against the path below the folder, name by name. Case does not count. A folder that matches stands for everything below it.
/// </summary>
/// <param name="Include">Only files that one of these matches; empty for all.</param>
/// <param name="Exclude">No file that one of these matches.</param>
public sealed record FileFilter(IReadOnlyList<string> Include, IReadOnlyList<string> Exclude)
{
    public static readonly FileFilter All = new([], []);

    public bool TakesEverything => Include.Count == 0 && Exclude.Count == 0;

    /// <param name="folder">Where the search began.</param>
    /// <param name="file">What it found there or below.</param>
    public bool Takes(string folder, string file)
    {
        if (TakesEverything)
            return true;
        var parts = Path.GetRelativePath(folder, file).Split(Path.DirectorySeparatorChar, Path.AltDirectorySeparatorChar);
        return (Include.Count == 0 || Include.Any(pattern => Matches(pattern, parts))) && !Exclude.Any(pattern => Matches(pattern, parts));
    }

    private static bool Matches(string pattern, string[] parts)
    {
        var meant = pattern.Replace('\\', '/').Trim('/');
        if (meant.StartsWith("./", StringComparison.Ordinal))
            meant = meant[2..];
        if (!meant.Contains('/'))
            return Array.Exists(parts, part => Matches(meant, part));

        // charts/web is a folder and everything below it.
        var names = meant.Split('/');
        return names.Length <= parts.Length && names.Zip(parts).All(static pair => Matches(pair.First, pair.Second));
    }

    private static bool Matches(string pattern, string name) => FileSystemName.MatchesSimpleExpression(pattern, name, ignoreCase: true);
}
