namespace NetPolTools.Live;

/// <summary>Finds programs where a shell would.</summary>
public static class ProgramFile
{
    /// <summary>
    /// Looks in the folders of $PATH, and nowhere else: what lies in the current folder or beside PowerShell is not meant.
    /// </summary>
    /// <param name="name">Without a folder; on Windows, where it has no ending, with one of $PATHEXT.</param>
    /// <returns>The file; null where there is none.</returns>
    public static string? Find(string name)
    {
        var endings = OperatingSystem.IsWindows() && !Path.HasExtension(name) ? ListIn("PATHEXT", ';') : [""];
        return ListIn("PATH", Path.PathSeparator)
            .SelectMany(folder => endings.Select(ending => Path.Combine(folder, name + ending)))
            .FirstOrDefault(IsProgram);
    }

    private static string[] ListIn(string variable, char separator) =>
        (Environment.GetEnvironmentVariable(variable) ?? "").Split(separator, StringSplitOptions.RemoveEmptyEntries);

    private static bool IsProgram(string file)
    {
        const UnixFileMode Execute = UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;
        return File.Exists(file) && (OperatingSystem.IsWindows() || (File.GetUnixFileMode(file) & Execute) != 0);
    }
}
