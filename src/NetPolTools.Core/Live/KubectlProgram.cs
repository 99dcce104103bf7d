namespace NetPolTools.Live;

/// <summary>Finds kubectl where a shell would.</summary>
internal static class KubectlProgram
{
    public const string NotFound = "There is no kubectl on the PATH, and clusters are read with it. Install it (https://kubernetes.io/docs/tasks/tools/), or read "
        + "what it prints elsewhere: kubectl get pods,ns,netpol -A -o json > cluster.json.";

    public static string? Find()
    {
        var name = OperatingSystem.IsWindows() ? "kubectl.exe" : "kubectl";
        return (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Select(folder => Path.Combine(folder, name))
            .FirstOrDefault(IsProgram);
    }

    private static bool IsProgram(string file)
    {
        const UnixFileMode Execute = UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;
        return File.Exists(file) && (OperatingSystem.IsWindows() || (File.GetUnixFileMode(file) & Execute) != 0);
    }
}
