using System.Collections;
using System.Management.Automation;
using NetPolTools.Diagnostics;
using NetPolTools.Input;
using NetPolTools.Linting.Settings;

namespace NetPolTools.Commands;

/// <summary>Settings of lint as a parameter gives them: a hashtable, a path, or the file that is found.</summary>
internal static class LintSettingArguments
{
    /// <param name="cmdlet">Ended where the settings are wrong.</param>
    /// <param name="given">A hashtable, an object or a path; null for the nearest file in the current folder or above.</param>
    public static LintSettings Read(PSCmdlet cmdlet, PSObject? given)
    {
        var folder = cmdlet.SessionState.Path.CurrentFileSystemLocation.ProviderPath;
        if (given is not null && given.BaseObject is not string)
            return OfObject(cmdlet, given, folder);
        var file = given?.BaseObject is string path ? PathOf(cmdlet, path) : LintSettingsFile.Find(folder);
        if (file is null)
            return new LintSettings();
        cmdlet.WriteVerbose($"Settings: {file}");
        LintSettings? read = null;
        ThrowIfWrong(cmdlet, report => (read = LintSettingsFile.Read(file, YamlBridge.Open, report)) is not null, file);
        return read!;
    }

    /// <summary>A path as the file system has it.</summary>
    public static string PathOf(PSCmdlet cmdlet, string path)
    {
        var resolved = cmdlet.SessionState.Path.GetUnresolvedProviderPathFromPSPath(path, out var provider, out _);
        if (provider.Name != "FileSystem")
            cmdlet.ThrowTerminatingError(ErrorRecords.NotAFile(path, provider.Name));
        return resolved;
    }

    /// <summary>Ends the cmdlet with what is wrong, the first of it as the error that ends it.</summary>
    public static void ThrowIfWrong(PSCmdlet cmdlet, Func<Action<Diagnostic>, bool> read, object? target)
    {
        var wrong = new List<Diagnostic>();
        if (read(wrong.Add))
            return;
        foreach (var further in wrong.Skip(1))
            cmdlet.WriteError(ErrorRecords.From(further, target));
        cmdlet.ThrowTerminatingError(ErrorRecords.From(wrong[0], target));
    }

    private static LintSettings OfObject(PSCmdlet cmdlet, PSObject given, string folder)
    {
        if (given.BaseObject is not (IDictionary or PSCustomObject))
        {
            cmdlet.ThrowTerminatingError(
                ErrorRecords.InvalidArgument($"Found a {given.BaseObject.GetType().Name}, expected a hashtable with settings, or the path of a file.", given));
        }

        LintSettings? read = null;
        using var tokens = new PSObjectTokenReader(given, "-Settings");
        ThrowIfWrong(cmdlet, report => (read = LintSettingsFile.Read(tokens, folder, report)) is not null, given);
        return read!;
    }
}
