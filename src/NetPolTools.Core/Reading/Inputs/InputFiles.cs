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

    /// <summary>Opens a file, which somebody may still be writing.</summary>
    /// <exception cref="IOException">It cannot be opened.</exception>
    /// <exception cref="UnauthorizedAccessException">Likewise.</exception>
    public static FileStream Open(string file) => new(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, 1, FileOptions.SequentialScan);

    /// <summary>Everything below the folder; hidden folders such as .git hold no manifests.</summary>
    public static IEnumerable<FoundPath> InFolder(string folder)
    {
        var withoutFiles = List(folder, Directory.EnumerateFiles, out var files);
        var withoutChildren = List(folder, Directory.EnumerateDirectories, out var children);
        if ((withoutFiles ?? withoutChildren) is { } failure)
        {
            yield return failure;
            yield break;
        }

        foreach (var file in files)
        {
            if (Extensions.Contains(Path.GetExtension(file), StringComparer.OrdinalIgnoreCase))
                yield return new FoundPath(file);
        }

        foreach (var child in children)
        {
            // A link can lead back up.
            var info = new DirectoryInfo(child);
            if (info.Name.StartsWith('.') || info.LinkTarget is not null)
                continue;
            foreach (var file in InFolder(child))
                yield return file;
        }
    }

    /// <summary>Files that match <c>*</c> and <c>?</c> in any part of the path; a folder that matches stands for everything below it.</summary>
    public static IEnumerable<FoundPath> Matching(string pattern)
    {
        if (!HasWildcard(pattern))
            return [];
        var root = Path.GetPathRoot(pattern) ?? "";
        var parts = pattern[root.Length..].Split([Path.DirectorySeparatorChar, Path.AltDirectorySeparatorChar], StringSplitOptions.RemoveEmptyEntries);
        return Match(root, parts, 0);
    }

    private static IEnumerable<FoundPath> Match(string folder, string[] parts, int next)
    {
        var isLast = next == parts.Length - 1;
        if (!HasWildcard(parts[next]))
        {
            var path = Path.Combine(folder, parts[next]);
            if (!isLast)
                return Directory.Exists(path) ? Match(path, parts, next + 1) : [];
            return File.Exists(path) ? [new FoundPath(path)] : Directory.Exists(path) ? InFolder(path) : [];
        }

        var listed = folder.Length == 0 ? "." : folder;
        if (!Directory.Exists(listed))
            return [];
        if (List(listed, Directory.EnumerateFileSystemEntries, out var entries) is { } failure)
            return [failure];
        var matches = entries
            .Select(Path.GetFileName)
            .Where(name => FileSystemName.MatchesSimpleExpression(parts[next], name, ignoreCase: OperatingSystem.IsWindows()))
            .Select(name => Path.Combine(folder, name!));
        return isLast
            ? matches.SelectMany(static match => Directory.Exists(match) ? InFolder(match) : [new FoundPath(match)])
            : matches.Where(Directory.Exists).SelectMany(match => Match(match, parts, next + 1));
    }

    /// <summary>What a folder holds, in order; gives why that cannot be listed.</summary>
    private static FoundPath? List(string folder, Func<string, IEnumerable<string>> list, out string[] entries)
    {
        entries = [];
        try
        {
            entries = [.. list(folder).Order(StringComparer.Ordinal)];
            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return new FoundPath(folder, e);
        }
    }
}
