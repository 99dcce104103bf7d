using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace NetPolTools.Completion;

/// <summary>Completes contexts from the kubeconfig, without asking any cluster.</summary>
public sealed class ContextCompleter : IArgumentCompleter
{
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        var pattern = WildcardPattern.Get(wordToComplete.Trim('\'', '"') + "*", WildcardOptions.IgnoreCase);
        return [.. Kubeconfigs.Contexts(fakeBoundParameters)
            .Where(context => pattern.IsMatch(context.Name))
            .OrderBy(static context => context.Name, StringComparer.Ordinal)
            .Select(static context => new CompletionResult(
                InputCompleter.Quoted(context.Name), context.Name, CompletionResultType.ParameterValue, context.Namespace is { } ns ? $"namespace {ns}"
                    : context.Name))];
    }
}
