using NetPolTools.Diagnostics;
using NetPolTools.Reading;
using NetPolTools.Text;

namespace NetPolTools.Linting.Settings;

/// <summary>The file <c>.netpol.yaml</c> with what lint is to do in a repository.</summary>
public static class LintSettingsFile
{
    public const string Name = ".netpol.yaml";

    /// <summary>The nearest one: in a folder, or in one that holds it. Null for none.</summary>
    public static string? Find(string folder) => NearestFile.Find(folder, Name);

    /// <summary>What a file says; paths in it are those from its own folder.</summary>
    /// <param name="path">The file.</param>
    /// <param name="openYaml">Reads YAML.</param>
    /// <param name="report">Told what is wrong.</param>
    /// <returns>Null where anything is wrong: settings of which a part is left out would be others than those that were written.</returns>
    public static LintSettings? Read(string path, YamlReaderFactory openYaml, Action<Diagnostic> report)
    {
        try
        {
            using var tokens = openYaml(new StreamReader(path), path);
            var folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
            return LintSettingsReader.Read(tokens, report, StringComparer.Ordinal) is { } settings
                ? settings with { File = Path.GetFullPath(path), Baseline = settings.Baseline is null ? null : Path.GetFullPath(settings.Baseline, folder) }
                : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            report(new Diagnostic(DiagnosticId.UnreadableFile, DiagnosticSeverity.Error, $"The settings could not be read: {e.Message}")
            {
                Location = new SourceLocation(path, 0, 0),
            });
            return null;
        }
    }

    /// <summary>Settings that come as tokens from elsewhere, such as a hashtable: the case of keys does not count.</summary>
    /// <param name="tokens">Before its first token.</param>
    /// <param name="folder">What paths in them are from.</param>
    /// <param name="report">Told what is wrong.</param>
    /// <returns>Null where anything is wrong.</returns>
    public static LintSettings? Read(ManifestTokenReader tokens, string folder, Action<Diagnostic> report) =>
        LintSettingsReader.Read(tokens, report, StringComparer.OrdinalIgnoreCase) is { } settings
            ? settings with { Baseline = settings.Baseline is null ? null : Path.GetFullPath(settings.Baseline, folder) }
            : null;
}
