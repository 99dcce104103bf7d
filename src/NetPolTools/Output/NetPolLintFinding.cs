using NetPolTools.Linting;

namespace NetPolTools.Output;

/// <summary>That a rule has something to say of an object. The names of properties are those that PSScriptAnalyzer's records have, where it has them.</summary>
public sealed class NetPolLintFinding
{
    private readonly string _text;

    internal NetPolLintFinding(LintFinding finding, bool isFixed = false)
    {
        Source = finding;
        _text = finding.ToString();
        RuleId = finding.Rule.Id;
        RuleName = finding.Rule.Name;
        Severity = finding.Severity.ToString();
        Message = finding.Message;
        Object = finding.Object?.ToString() ?? "";
        Path = finding.FieldPath ?? "";
        File = finding.Location.File ?? "";
        Line = finding.Location.Line;
        Column = finding.Location.Column;
        SuggestedCorrections = NetPolList.Texts(finding.Corrections.Select(static correction => new NetPolLintCorrection(correction)));
        IsFixed = isFixed;
        IsSuppressed = finding.Suppression is not null;
        Suppression = finding.Suppression?.ToString() ?? "";
        Related = NetPolList.Texts(finding.Related.Select(static place => place.ToString()));
    }

    internal LintFinding Source { get; }

    /// <summary>NP026.</summary>
    public string RuleId { get; }

    /// <summary>open-ingress.</summary>
    public string RuleName { get; }

    /// <summary>Error, Warning or Note.</summary>
    public string Severity { get; }

    public string Message { get; }

    /// <summary>What it is about, as kind and name; empty where none was recognised.</summary>
    public string Object { get; }

    /// <summary>The field, as the API server writes it; empty for the whole object.</summary>
    public string Path { get; }

    /// <summary>As it was given; empty for what came from a cluster.</summary>
    public string File { get; }

    /// <summary>From 1; 0 where it is not known.</summary>
    public int Line { get; }

    /// <summary>From 1; 0 where it is not known.</summary>
    public int Column { get; }

    /// <summary>Ways to mend it, best first.</summary>
    public NetPolList<NetPolLintCorrection> SuggestedCorrections { get; }

    /// <summary>Other places that it is about: <c>NetworkPolicy shop/web spec.ingress[0] (web.yaml:3:1)</c>.</summary>
    public NetPolList<string> Related { get; }

    /// <summary>Whether -Fix has mended it.</summary>
    public bool IsFixed { get; }

    /// <summary>Whether a comment, an annotation or the baseline leaves it out.</summary>
    public bool IsSuppressed { get; }

    /// <summary>By what and why it is left out; empty where it is not.</summary>
    public string Suppression { get; }

    /// <summary>What a comment or an annotation names to silence it: the rule's id.</summary>
    public string RuleSuppressionID => RuleId;

    public override string ToString() => _text;
}
