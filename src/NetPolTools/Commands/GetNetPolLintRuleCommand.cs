using System.Management.Automation;
using NetPolTools.Completion;
using NetPolTools.Linting;
using NetPolTools.Linting.Rules;
using NetPolTools.Output;

namespace NetPolTools.Commands;

/// <summary>Lists what Invoke-NetPolLint looks for, why it matters, and an example of trouble and of its cure for each.</summary>
[Cmdlet(VerbsCommon.Get, "NetPolLintRule")]
[OutputType(typeof(NetPolLintRule))]
public sealed class GetNetPolLintRuleCommand : NetPolCommand
{
    private readonly HashSet<string> _given = [];

    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("RuleName")]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(LintRuleCompleter))]
    public string[] Name { get; set; } = ["*"];

    [Parameter]
    [ValidateNotNullOrEmpty]
    public LintSeverity[] Severity { get; set; } = [];

    protected override void ProcessRecord()
    {
        foreach (var unknown in LintRulePattern.Unknown(Name, LintCatalogue.All))
            WriteDiagnostic(LintRulePattern.Diagnostic(unknown, LintCatalogue.All), unknown);

        // Findings that are piped in name the same rule often.
        foreach (var rule in LintCatalogue.All.Where(rule => LintRulePattern.Names(Name, rule)
            && (Severity.Length == 0 || Severity.Contains(rule.Severity)) && _given.Add(rule.Id)))
        {
            WriteObject(new NetPolLintRule(rule));
        }
    }
}
