namespace NetPolTools.Tests.Support;

/// <summary>Files of the repository that tests read.</summary>
internal static class Repository
{
    /// <summary>The folder that holds everything.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>The path of a file or folder below <c>tests/manifests</c>.</summary>
    public static string Manifests(params string[] parts) => Path.Combine([Root, "tests", "manifests", .. parts]);

    /// <summary>The path of a file or folder below <c>tests/manifests/examples</c>: the examples from the documentation.</summary>
    public static string Example(params string[] parts) => Manifests(["examples", .. parts]);

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "NetPolTools.sln")))
            folder = folder.Parent;
        return folder?.FullName ?? throw new DirectoryNotFoundException("No folder above the tests holds NetPolTools.sln.");
    }
}
