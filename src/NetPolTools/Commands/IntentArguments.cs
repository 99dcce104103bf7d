using System.Collections;
using System.Management.Automation;
using NetPolTools.Input;
using NetPolTools.Intents;

namespace NetPolTools.Commands;

/// <summary>Intents as a parameter gives them: a hashtable, a path, or the file that is found.</summary>
internal static class IntentArguments
{
    /// <param name="cmdlet">Ended where the intents are wrong, or there are none.</param>
    /// <param name="given">A hashtable, an object or a path; null for the nearest file in the current folder or above.</param>
    public static IntentSet Read(PSCmdlet cmdlet, PSObject? given)
    {
        IntentSet? read = null;
        if (given is not null && given.BaseObject is not string)
        {
            if (given.BaseObject is not (IDictionary or PSCustomObject))
            {
                var found = given.BaseObject.GetType().Name;
                cmdlet.ThrowTerminatingError(
                    ErrorRecords.InvalidArgument($"Found a {found}, expected a hashtable with intents, or the path of a file.", given));
            }

            using var tokens = new PSObjectTokenReader(given, "-Intent");
            LintSettingArguments.ThrowIfWrong(cmdlet, report => (read = IntentFile.Read(tokens, report)) is not null, given);
            return read!;
        }

        var folder = cmdlet.SessionState.Path.CurrentFileSystemLocation.ProviderPath;
        var file = given?.BaseObject is string path ? LintSettingArguments.PathOf(cmdlet, path) : IntentFile.Find(folder);
        if (file is null)
            cmdlet.ThrowTerminatingError(ErrorRecords.PathNotFound(IntentFile.Name, null));
        cmdlet.WriteVerbose($"Intents: {file}");
        LintSettingArguments.ThrowIfWrong(cmdlet, report => (read = IntentFile.Read(file!, YamlBridge.Open, report)) is not null, file);
        return read!;
    }
}
