using System.Collections.ObjectModel;
using System.Management.Automation;
using NetPolTools.Output;

namespace NetPolTools.Completion;

/// <summary>What a completer may know of the session it completes in. It runs inside a pipeline, where the session's own proxy is closed.</summary>
internal static class CurrentSession
{
    /// <summary>What a variable would send down a pipeline; nothing where there is none.</summary>
    public static IEnumerable<object> Variable(string name) => Invoke("Get-Variable", "Name", name, "ValueOnly").Where(static value => value is not null);

    /// <summary>Snapshots that variables of the session hold.</summary>
    public static IEnumerable<NetPolSnapshot> Snapshots() =>
        Invoke("Get-Variable", "Name", "*", "ValueOnly").Select(static value => value?.BaseObject).OfType<NetPolSnapshot>();

    /// <summary>The files and folders a path stands for, relative to the session's location, wildcards resolved.</summary>
    public static IEnumerable<string> FilesOf(string path) => Invoke("Convert-Path", "Path", path, null).Select(static found => found.ToString());

    private static Collection<PSObject> Invoke(string command, string parameter, string value, string? flag)
    {
        using var shell = PowerShell.Create(RunspaceMode.CurrentRunspace);
        shell.AddCommand(command).AddParameter(parameter, value).AddParameter("ErrorAction", ActionPreference.Ignore);
        if (flag is not null)
            shell.AddParameter(flag);
        return shell.Invoke();
    }
}
