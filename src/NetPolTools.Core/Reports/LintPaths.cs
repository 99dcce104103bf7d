namespace NetPolTools.Reports;

/// <summary>Names of files as reports have them: below a folder, with slashes.</summary>
/// <param name="root">The folder that a repository is in; empty for the names as they are.</param>
internal sealed class LintPaths(string root)
{
    /// <summary><c>manifests/web.yaml</c>; the name as it is for what is elsewhere, or is no file.</summary>
    public string Of(string file)
    {
        var name = file;
        if (root.Length > 0 && Path.IsPathRooted(file))
        {
            var relative = Path.GetRelativePath(root, file);
            if (!Path.IsPathRooted(relative) && relative != ".." && !relative.StartsWith(".." + Path.DirectorySeparatorChar, StringComparison.Ordinal))
                name = relative;
        }

        name = Path.DirectorySeparatorChar == '\\' ? name.Replace('\\', '/') : name;
        return name.StartsWith("./", StringComparison.Ordinal) ? name[2..] : name;
    }

    /// <summary>The same as a reference by the rules of URIs.</summary>
    public string UriOf(string file)
    {
        var name = Of(file);
        var escaped = string.Join('/', name.Split('/').Select(Uri.EscapeDataString));
        return Path.IsPathRooted(name) ? (name.StartsWith('/') ? "file://" : "file:///") + escaped : escaped;
    }
}
