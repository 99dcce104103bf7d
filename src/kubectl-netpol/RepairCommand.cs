using System.CommandLine;
using NetPolTools.Asking;
using NetPolTools.Intents;
using NetPolTools.Listing;
using NetPolTools.Services;

namespace NetPolTools.Kubectl;

/// <summary><c>kubectl netpol repair PATH… --from A --to B --port P</c>: the smallest changes that let A reach B, or stop it.</summary>
internal static class RepairCommand
{
    public static Command Create(Terminal terminal)
    {
        var input = new InputOptions();
        var deny = new Option<bool>("--deny") { Description = "Stop the connection instead of allowing it; without --port on every port." };
        var output = new Option<RepairFormat>("--output", "-o")
        {
            Description = "How to print: table and json for all repairs; yaml for the policies of one as they are to be; patch for one as a patch of its "
                + "files, or as commands for kubectl.",
            DefaultValueFactory = _ => RepairFormat.Table,
        };
        var choice = new Option<int>("--choice")
        {
            Description = "Which repair yaml, patch and --fix are about.",
            DefaultValueFactory = _ => 1,
            HelpName = "number",
        };
        var fix = new Option<bool>("--fix")
        {
            Description = "Make the repair in its files, where that adds something and leaves every other byte as it is. A new policy "
                + "gets a file of its own beside the others.",
        };
        var connections = new ConnectionOptions();
        var evaluation = new EvaluationOptions("names in --from and --to that name no namespace are looked for there", withBy: false, withCni: true);
        var command = new Command(
            "repair",
            "Find the smallest changes of policies or labels that let one end reach another, or stop it, and tell what else each of them would open or close. "
                + "Exit codes: 0 found, or nothing is to be repaired, 3 none found, 2 not answered, 1 found although some input was bad.")
        {
            deny, output, choice, fix,
        };
        input.AddTo(command);
        connections.AddTo(command);
        evaluation.AddTo(command);
        command.Validators.Add(result =>
        {
            if (!connections.NamesOneEach(result))
                result.AddError("The question needs one --from and one --to.");
            if (!result.GetValue(deny) && !connections.NamesPorts(result))
                result.AddError("The question needs a --port; with --deny, all ports are meant without it.");
        });
        command.SetAction((result, cancellation) => Answering.Run(terminal, () =>
        {
            var query = connections.Query(result, GroupBy.Pod);
            return new RepairRun(terminal) { Format = result.GetValue(output), Choice = result.GetValue(choice), Fix = result.GetValue(fix) }.Answer(
                input.Input(result),
                evaluation.Namespace(result),
                new RepairQuestion(RepairIntent.Of(query.From, query.To, new AskedPorts(query.Ports, query.PortNames), result.GetValue(deny)))
                {
                    Namespaces = evaluation.Namespace(result).Only,
                    Assumptions = evaluation.Assumptions(result),
                },
                cancellation);
        }));
        return command;
    }
}
