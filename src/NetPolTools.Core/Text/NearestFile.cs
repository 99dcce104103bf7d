namespace NetPolTools.Text;

/// <summary>Files of a repository that are found by their name.</summary>
internal static class NearestFile
{
    /// <summary>The nearest one: in a folder, or in one that holds it. Null for none.</summary>
    public static string? Find(string folder, string name)
    {
        for (var at = new DirectoryInfo(folder); at is not null; at = at.Parent)
        {
            var file = Path.Combine(at.FullName, name);
            if (File.Exists(file))
                return file;
        }

        return null;
    }
}
