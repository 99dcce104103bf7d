using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using NetPolTools.Linting.Rules;

namespace NetPolTools.Completion;

/// <summary>Completes rules of lint by their names, and by their ids where an id was begun.</summary>
public sealed class LintRuleCompleter : IArgumentCompleter
{
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        var word = wordToComplete.Trim('\'', '"');
        var pattern = WildcardPattern.Get(word + "*", WildcardOptions.IgnoreCase);
        foreach (var rule in LintCatalogue.All)
        {
            var (shown, tip) = ($"{rule.Id} {rule.Name}", rule.Description);
            if (pattern.IsMatch(rule.Id))
                yield return new CompletionResult(rule.Id, shown, CompletionResultType.ParameterValue, tip);
            else if (pattern.IsMatch(rule.Name))
                yield return new CompletionResult(rule.Name, shown, CompletionResultType.ParameterValue, tip);
        }
    }
}
