using NetPolTools.Diagnostics;
using NetPolTools.Linting.Rules;
using NetPolTools.Reading;
using NetPolTools.Text;
using NetPolTools.Validation;

namespace NetPolTools.Linting.Settings;

/// <summary>Reads settings from tokens. Whatever is wrong is reported with its place.</summary>
internal sealed class LintSettingsReader(FieldReader fields, StringComparer names)
{
    private const string Expected = "a map with complete, rules, severity, failOn, include, exclude or baseline";

    private static readonly System.Collections.Immutable.ImmutableArray<string> Keys =
        ["complete", "rules", "severity", "failOn", "include", "exclude", "baseline"];

    private LintSettings _settings = new();

    /// <param name="tokens">Before its first token.</param>
    /// <param name="report">Told what is wrong.</param>
    /// <param name="names">How keys are compared: PowerShell's hashtables know no case.</param>
    /// <returns>Null where anything is wrong.</returns>
    public static LintSettings? Read(ManifestTokenReader tokens, Action<Diagnostic> report, StringComparer names)
    {
        try
        {
            // A file of comments alone sets nothing.
            if (!tokens.Read() || tokens.Kind == ManifestTokenKind.EndOfInput || !tokens.Read())
                return new LintSettings();
            var fields = new FieldReader(tokens, new FieldPath(), report, new SharedValues());
            var settings = new LintSettingsReader(fields, names).Read();
            return fields.ErrorCount == 0 ? settings : null;
        }
        catch (ManifestSyntaxException e)
        {
            report(new Diagnostic(DiagnosticId.SyntaxError, DiagnosticSeverity.Error, e.Message) { Location = e.Location });
            return null;
        }
    }

    private LintSettings Read()
    {
        if (!fields.EnterObject(Expected))
            return _settings;
        while (fields.NextField(out var name))
            ReadField(Keys.FirstOrDefault(known => names.Equals(known, name)), name);
        return _settings;
    }

    private void ReadField(string? known, string name)
    {
        switch (known)
        {
            case "complete":
                _settings = _settings with { Complete = ReadComplete() };
                break;
            case "rules":
                _settings = _settings with { Rules = ReadRules() };
                break;
            case "severity":
                _settings = _settings with { Severity = ReadWord<LintSeverity>() };
                break;
            case "failOn":
                _settings = _settings with { FailOn = ReadWord<LintFailOn>() };
                break;
            case "include":
                _settings = _settings with { Include = fields.Strings("a list of patterns") ?? [] };
                break;
            case "exclude":
                _settings = _settings with { Exclude = fields.Strings("a list of patterns") ?? [] };
                break;
            case "baseline":
                _settings = _settings with { Baseline = fields.String() };
                break;
            default:
                fields.Unknown($"There is no setting '{Excerpt.Of(name)}'.{Meant(name)} Expected {string.Join(", ", Keys)}.");
                break;
        }
    }

    private static string Meant(string name) => NearestNames.Question(NearestNames.Of(name, Keys));

    private List<LintRuleSetting> ReadRules()
    {
        var rules = new List<LintRuleSetting>();
        if (!fields.EnterObject("a map of rules, each off, on, note, warning or error"))
            return rules;
        while (fields.NextField(out var name))
        {
            foreach (var unknown in LintRulePattern.Unknown([name], LintCatalogue.All))
                fields.ReportField(DiagnosticId.NoMatch, LintRulePattern.Diagnostic(unknown, LintCatalogue.All).Message);

            // YAML takes on and off for true and false.
            if (fields.Kind == ManifestTokenKind.Boolean)
                rules.Add(new LintRuleSetting(name, fields.Boolean() == true ? LintRuleState.On : LintRuleState.Off));
            else if (ReadWord<LintRuleState>() is { } state)
                rules.Add(new LintRuleSetting(name, state));
        }

        return rules;
    }

    /// <summary>One word, or a list.</summary>
    private LintCompleteness? ReadComplete()
    {
        if (fields.Kind != ManifestTokenKind.ArrayStart)
            return ReadWord<LintCompleteness>();
        LintCompleteness? all = null;
        fields.EnterArray("a list");
        while (fields.NextItem())
        {
            if (ReadWord<LintCompleteness>() is { } kind)
                all = (all ?? LintCompleteness.None) | kind;
        }

        return all;
    }

    private T? ReadWord<T>()
        where T : struct, Enum
    {
        string[] words = [.. Enum.GetNames<T>().Select(static word => word.ToLowerInvariant())];
        var expected = $"{string.Join(", ", words[..^1])} or {words[^1]}";
        if (fields.Kind != ManifestTokenKind.String)
        {
            if (fields.Kind == ManifestTokenKind.Null)
                fields.Report(DiagnosticId.WrongType, $"Found nothing, expected {expected}.");
            else
                fields.Wrong(expected);
            return null;
        }

        var text = fields.String()!;
        if (words.Contains(text, StringComparer.OrdinalIgnoreCase))
            return Enum.Parse<T>(text, ignoreCase: true);
        fields.Report(DiagnosticId.InvalidValue, $"Found '{Excerpt.Of(text)}', expected {expected}.{NearestNames.Question(NearestNames.Of(text, words))}");
        return null;
    }
}
