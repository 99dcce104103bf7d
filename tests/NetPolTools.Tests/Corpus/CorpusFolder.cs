namespace NetPolTools.Tests.Corpus;

/// <summary>A folder of cases that other analysers answered; the environment variable NETPOL_CORPUS names it. It is no part of the repository.</summary>
internal static class CorpusFolder
{
    private const string Variable = "NETPOL_CORPUS";

    private static string? Root => Environment.GetEnvironmentVariable(Variable);

    /// <summary>Null when the folder is there.</summary>
    public static string? WhyMissing => string.IsNullOrEmpty(Root)
        ? $"{Variable} is not set: it names the folder of cases that other analysers answered."
        : Directory.Exists(Root) ? null : $"{Variable} names {Root}, and there is no such folder.";

    /// <summary>The names of the cases of one part.</summary>
    public static IReadOnlyList<string> Cases(string part) => WhyMissing is null
        ? [.. Directory.EnumerateDirectories(PathOf(part)).Select(static path => Path.GetFileName(path)).Order(StringComparer.Ordinal)]
        : [];

    /// <summary>The names of the files of one part.</summary>
    public static IReadOnlyList<string> Files(string part) => WhyMissing is null
        ? [.. Directory.EnumerateFiles(PathOf(part)).Select(static path => Path.GetFileName(path)).Order(StringComparer.Ordinal)]
        : [];

    public static string PathOf(params string[] parts) => Path.Combine([Root!, .. parts]);
}
