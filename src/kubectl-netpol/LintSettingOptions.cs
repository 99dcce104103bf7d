using System.CommandLine;
using NetPolTools.Linting.Settings;
using NetPolTools.Linting.Suppressing;
using NetPolTools.Yaml;

namespace NetPolTools.Kubectl;

/// <summary>The options that say where lint's settings and its baseline are, and what is to be done with the baseline.</summary>
internal sealed class LintSettingOptions
{
    private const string None = "none";

    private readonly Option<string?> _settings = new("--settings")
    {
        Description = $"The file with settings, or {None}. Without it, the nearest {LintSettingsFile.Name} in this folder or one above.",
        HelpName = "file",
    };

    private readonly Option<string?> _baseline = new("--baseline")
    {
        Description = "A file with findings that are known: they are not told. It may only become shorter.",
        HelpName = "file",
    };

    private readonly Option<bool> _new = new("--new-baseline") { Description = "Write the baseline with all that is found now. A file that is there is kept." };

    private readonly Option<bool> _prune = new("--prune-baseline") { Description = "Take out of the baseline what is no longer found." };

    public void AddTo(Command command)
    {
        command.Add(_settings);
        command.Add(_baseline);
        command.Add(_new);
        command.Add(_prune);
        command.Validators.Add(result =>
        {
            if (result.GetValue(_new) && result.GetValue(_prune))
                result.AddError("--new-baseline and --prune-baseline exclude each other.");
        });
    }

    public LintBaselineUse Use(ParseResult result) => result.GetValue(_new) ? LintBaselineUse.New
        : result.GetValue(_prune) ? LintBaselineUse.Prune
        : LintBaselineUse.Read;

    /// <summary>The settings; null where they are wrong, which is told.</summary>
    public LintSettings? Settings(ParseResult result, Terminal terminal)
    {
        var file = result.GetValue(_settings) ?? LintSettingsFile.Find(Environment.CurrentDirectory);
        var settings = file is null or None ? new LintSettings()
            : LintSettingsFile.Read(file, static (text, name) => new YamlTokenReader(text, name), terminal.Tell);
        if (settings?.File is not null && terminal.IsVerbose)
            terminal.Tell($"Settings: {settings.File}");
        return result.GetValue(_baseline) is { } baseline && settings is not null ? settings with { Baseline = Path.GetFullPath(baseline) } : settings;
    }
}
