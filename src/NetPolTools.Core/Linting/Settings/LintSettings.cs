namespace NetPolTools.Linting.Settings;

/// <summary>What a file of settings says.</summary>
public sealed record LintSettings
{
    /// <summary>The file, as a whole path; null where they come from elsewhere.</summary>
    public string? File { get; init; }

    /// <summary>The last one that names a rule counts.</summary>
    public IReadOnlyList<LintRuleSetting> Rules { get; init; } = [];

    public LintCompleteness? Complete { get; init; }

    /// <summary>The least severity that is shown.</summary>
    public LintSeverity? Severity { get; init; }

    public LintFailOn? FailOn { get; init; }

    /// <summary>Of folders, only files that one of these matches.</summary>
    public IReadOnlyList<string> Include { get; init; } = [];

    /// <summary>Of folders, no file that one of these matches.</summary>
    public IReadOnlyList<string> Exclude { get; init; } = [];

    /// <summary>The baseline, as a whole path; null for none.</summary>
    public string? Baseline { get; init; }

    /// <summary>The options with what the settings say where the options say nothing themselves.</summary>
    public LintOptions ApplyTo(LintOptions options) => options with
    {
        RuleSettings = Rules,
        Complete = options.Complete ?? Complete,
        Severities = options.Severities.Count > 0 || Severity is null ? options.Severities
            : [.. Enum.GetValues<LintSeverity>().Where(severity => severity >= Severity)],
    };
}
