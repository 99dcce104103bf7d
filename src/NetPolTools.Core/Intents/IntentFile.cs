using NetPolTools.Diagnostics;
using NetPolTools.Reading;
using NetPolTools.Text;

namespace NetPolTools.Intents;

/// <summary>A file with what must be reachable and what must not.</summary>
public static class IntentFile
{
    /// <summary>What such a file is called where nobody says otherwise. Folders of manifests are read without files whose names begin with a dot.</summary>
    public const string Name = ".netpol-intents.yaml";

    /// <summary>The nearest one: in a folder, or in one that holds it. Null for none.</summary>
    public static string? Find(string folder) => NearestFile.Find(folder, Name);

    /// <summary>What a file says.</summary>
    /// <param name="path">The file.</param>
    /// <param name="openYaml">Reads YAML.</param>
    /// <param name="report">Told what is wrong.</param>
    /// <returns>Null where anything is wrong: a check without one of its intents would pass for the whole.</returns>
    public static IntentSet? Read(string path, YamlReaderFactory openYaml, Action<Diagnostic> report)
    {
        try
        {
            using var tokens = openYaml(new StreamReader(path), path);
            return IntentReader.Read(tokens, report, StringComparer.Ordinal, path) is { } read ? read with { File = path } : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            report(new Diagnostic(DiagnosticId.UnreadableFile, DiagnosticSeverity.Error, $"The intents could not be read: {e.Message}")
            {
                Location = new SourceLocation(path, 0, 0),
            });
            return null;
        }
    }

    /// <summary>Intents that come as tokens from elsewhere, such as a hashtable: the case of keys does not count.</summary>
    /// <param name="tokens">Before its first token.</param>
    /// <param name="report">Told what is wrong.</param>
    /// <returns>Null where anything is wrong.</returns>
    public static IntentSet? Read(ManifestTokenReader tokens, Action<Diagnostic> report) => IntentReader.Read(tokens, report, StringComparer.OrdinalIgnoreCase);
}
