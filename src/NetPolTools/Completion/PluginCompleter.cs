using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using NetPolTools.Cni;
using NetPolTools.Cni.Catalogue;

namespace NetPolTools.Completion;

/// <summary>Completes names of network plugins from the catalogue, with what each enforces as the tip.</summary>
public class PluginCompleter : IArgumentCompleter
{
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        var pattern = WildcardPattern.Get(wordToComplete.Trim('\'', '"') + "*", WildcardOptions.IgnoreCase);
        return [.. Names()
            .Where(candidate => pattern.IsMatch(candidate.Name))
            .Select(static candidate => new CompletionResult(Quoted(candidate.Name), candidate.Name, CompletionResultType.ParameterValue, candidate.ToolTip))];
    }

    private protected virtual IEnumerable<(string Name, string ToolTip)> Names() =>
        PluginCatalogue.Default.Entries.Select(static entry => (entry.Name, $"enforces: {entry.Answer}"));

    private static string Quoted(string name) => name.All(static c => char.IsAsciiLetterOrDigit(c) || c == '-') ? name : $"'{name}'";
}

/// <summary>Completes plugins, and the word for one that does all that policies say.</summary>
public sealed class CniCompleter : PluginCompleter
{
    private protected override IEnumerable<(string Name, string ToolTip)> Names() =>
        base.Names().Append((CniChoice.EnforcingWord, "does all that policies say"));
}
