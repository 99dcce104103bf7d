using System.Collections.Immutable;
using System.IO.Enumeration;

namespace NetPolTools.Reading;

/// <summary>Finds the manifests a folder or a wildcard stands for, in ordinal order of their paths.</summary>
internal static class InputFiles
{
    /// <summary>What kubectl takes from a folder.</summary>
    public static readonly ImmutableArray<string> Extensions = [".json", ".yaml", ".yml"];

    public static bool HasWildcard(string path) => path.AsSpan().IndexOfAny('*', '?') >= 0;

    /// <summary>The folder before the first part with a wildcard: where the search for its matches begins.</summary>
    public static string FixedPart(string pattern)
    {
        var parts = pattern.Split([Path.DirectorySeparatorChar, Path.AltDirectorySeparatorChar]);
        var start = string.Join(Path.DirectorySeparatorChar, parts.TakeWhile(static part => !HasWildcard(part)));
        return start.Length > 0 ? start : pattern.StartsWith(Path.DirectorySeparatorChar) ? Path.DirectorySeparatorChar.ToString() : ".";
    }

    /// <summary>Everything below the folder; hidden folders such as .git hold no manifests.</summary>
    /// <param name="folder">Where to begin.</param>
    /// <param name="onUnreadable">Told of a folder that cannot be listed; the others are.</param>
    public static IEnumerable<string> InFolder(string folder, Action<string, Exception> onUnreadable)
    {
        string[] files, children;
        try
        {
            files = [.. Directory.EnumerateFiles(folder).Order(StringComparer.Ordinal)];
            children = [.. Directory.EnumerateDirectories(folder).Order(StringComparer.Ordinal)];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            onUnreadable(folder, e);
            yield break;
        }

        foreach (var file in files)
        {
            if (Extensions.Contains(Path.GetExtension(file), StringComparer.OrdinalIgnoreCase))
                yield return file;
        }

        foreach (var child in children)
        {
            // A link can lead back up.
            var info = new DirectoryInfo(child);
            if (info.Name.StartsWith('.') || info.LinkTarget is not null)
                continue;
            foreach (var file in InFolder(child, onUnreadable))
                yield return file;
        }
    }

    /// <summary>Files that match <c>*</c> and <c>?</c> in any part of the path; a folder that matches stands for everything below it.</summary>
    public static IEnumerable<string> Matching(string pattern, Action<string, Exception> onUnreadable)
    {
        if (!HasWildcard(pattern))
            return [];
        var root = Path.GetPathRoot(pattern) ?? "";
        var parts = pattern[root.Length..].Split([Path.DirectorySeparatorChar, Path.AltDirectorySeparatorChar], StringSplitOptions.RemoveEmptyEntries);
        return Match(root, parts, 0, onUnreadable);
    }

    private static IEnumerable<string> Match(string folder, string[] parts, int next, Action<string, Exception> onUnreadable)
    {
        var isLast = next == parts.Length - 1;
        if (!HasWildcard(parts[next]))
        {
            var path = Path.Combine(folder, parts[next]);
            if (!isLast)
                return Directory.Exists(path) ? Match(path, parts, next + 1, onUnreadable) : [];
            return File.Exists(path) ? [path] : Directory.Exists(path) ? InFolder(path, onUnreadable) : [];
        }

        var listed = folder.Length == 0 ? "." : folder;
        if (!Directory.Exists(listed))
            return [];
        var matches = Directory.EnumerateFileSystemEntries(listed)
            .Select(entry => Path.Combine(folder, Path.GetFileName(entry)))
            .Where(entry => FileSystemName.MatchesSimpleExpression(parts[next], Path.GetFileName(entry), ignoreCase: OperatingSystem.IsWindows()))
            .Order(StringComparer.Ordinal);
        return isLast
            ? matches.SelectMany(match => Directory.Exists(match) ? InFolder(match, onUnreadable) : [match])
            : matches.Where(Directory.Exists).SelectMany(match => Match(match, parts, next + 1, onUnreadable));
    }
}
