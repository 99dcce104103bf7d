using System.Management.Automation;
using NetPolTools.Linting;

namespace NetPolTools.Output;

/// <summary>What the format file's cells show of findings and rules.</summary>
public static class LintDisplay
{
    /// <summary>The heading over the findings of one object: <c>web.yaml  NetworkPolicy shop/web</c>.</summary>
    public static string Group(PSObject finding)
    {
        var (file, about) = (Shown.Text(finding, nameof(NetPolLintFinding.File)), Shown.Text(finding, nameof(NetPolLintFinding.Object)));
        return file.Length == 0 ? about : about.Length == 0 ? file : $"{file}  {about}";
    }

    /// <summary>The severity, coloured unless it is a note.</summary>
    public static string Severity(PSObject shown) => Shown.Text(shown, nameof(NetPolLintFinding.Severity)) switch
    {
        nameof(LintSeverity.Error) => Style.Error(nameof(LintSeverity.Error)),
        nameof(LintSeverity.Warning) => Style.Open(nameof(LintSeverity.Warning)),
        var note => note,
    };

    /// <summary>The line, or nothing where none is known.</summary>
    public static string Line(PSObject finding) => Shown.Text(finding, nameof(NetPolLintFinding.Line)) is not "0" and var line ? line : "";

    /// <summary>Text without anything that would steer a terminal, except the ends of lines.</summary>
    public static string Message(PSObject finding) => Shown.Text(finding, nameof(NetPolLintFinding.Message));

    /// <summary>File, line and column, as far as they are known.</summary>
    public static string Place(PSObject finding)
    {
        var file = Shown.Text(finding, nameof(NetPolLintFinding.File));
        var line = Line(finding);
        return line.Length == 0 ? file : $"{file}:{line}:{Shown.Text(finding, nameof(NetPolLintFinding.Column))}";
    }
}
