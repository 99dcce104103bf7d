using System.CommandLine;
using System.CommandLine.Parsing;
using NetPolTools.Listing;
using NetPolTools.Reachability;

namespace NetPolTools.Kubectl;

/// <summary>The options of every command that evaluates policies: how to read the input, what the API leaves open, what a line stands for.</summary>
/// <param name="withBy">Whether there are lines that can stand for something.</param>
internal sealed class EvaluationOptions(bool withBy = true)
{
    private readonly Option<string> _namespace = new("--namespace", "-n")
    {
        Description = "The namespace of objects that name none.",
        DefaultValueFactory = _ => "default",
    };

    private readonly Option<GroupBy> _by = new("--by") { Description = "What a line stands for.", DefaultValueFactory = _ => GroupBy.Workload };

    private readonly Option<bool> _ipBlockIgnoresPods = new("--ipblock-ignores-pods")
    {
        Description = "An ipBlock does not match pods inside it, as with Cilium's defaults; most other plugins let it.",
    };

    public void AddTo(Command command)
    {
        command.Add(_namespace);
        if (withBy)
            command.Add(_by);
        command.Add(_ipBlockIgnoresPods);
    }

    public string DefaultNamespace(ParseResult result) => result.GetValue(_namespace)!;

    public GroupBy By(ParseResult result) => result.GetValue(_by);

    public bool IsByNamespace(CommandResult result) => result.GetValue(_by) == GroupBy.Namespace;

    public ReachabilityOptions Reachability(ParseResult result) => new() { IPBlockMatchesPods = !result.GetValue(_ipBlockIgnoresPods) };
}
