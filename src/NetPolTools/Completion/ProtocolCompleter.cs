using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using NetPolTools.Sets;

namespace NetPolTools.Completion;

/// <summary>Completes protocols where a parameter takes them as text, since cells of a table may be empty.</summary>
public sealed class ProtocolCompleter : IArgumentCompleter
{
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters) =>
        Enum.GetNames<Protocol>().Where(name => name.StartsWith(wordToComplete, StringComparison.OrdinalIgnoreCase))
            .Select(static name => new CompletionResult(name));
}
