using System.CommandLine;
using NetPolTools.Intents;
using NetPolTools.Reports;
using NetPolTools.Yaml;

namespace NetPolTools.Kubectl;

/// <summary><c>kubectl netpol check PATH…</c>: whether what must be reachable is, and what must not be is not.</summary>
internal static class CheckCommand
{
    public static Command Create(Terminal terminal)
    {
        var input = new InputOptions();
        var intents = new Option<string?>("--intents", "-i")
        {
            Description = $"The file that says what must be reachable and what must not. Without it, the nearest {IntentFile.Name} in this folder or one above.",
            HelpName = "file",
        };
        var before = new Option<string?>("--before")
        {
            Description = "The cluster before a change, as PATH: the intents are asked there too, and what has become otherwise is told.",
            HelpName = "path",
        };
        var init = new Option<bool>("--init")
        {
            Description = "Write the file of --intents with what is reachable now, and nothing else, instead of checking it; with --flows with what was seen. A "
                + "file that is there is kept.",
        };
        var flows = FlowFiles.NewOption("The intents have to hold with what was seen, too", isRequired: false);
        var output = new Option<LintReportFormat>("--output", "-o")
        {
            Description = "How to print: junit, nunit3 and tap for test results, sarif for GitHub's code scanning, github for annotations of its runner.",
            DefaultValueFactory = _ => LintReportFormat.Table,
        };
        var evaluation = new EvaluationOptions("names in the file that name no namespace are looked for there", withBy: false, withCni: true);
        var command = new Command(
            "check",
            "Check a file of intents: what must be reachable, and what must not be. Exit codes: 0 all of them hold, 3 one surely does not, 2 not answered, such as "
                + "where nothing tells whether one holds or a name matches nothing, 1 all hold although some input was bad or is not evaluated.")
        {
            intents, before, flows, init, output,
        };
        input.AddTo(command);
        evaluation.AddTo(command);
        command.Validators.Add(result =>
        {
            if (result.GetValue(init) && result.GetValue(before) is not null)
                result.AddError("--init writes a file of what is; --before has no place there.");
        });
        command.SetAction((result, cancellation) => Answering.Run(terminal, () => result.GetValue(init)
            ? new CheckInit(result.GetValue(intents) ?? IntentFile.Name, terminal) { Flows = result.GetValue(flows) }.Write(
                input.Input(result), evaluation.Namespace(result), evaluation.Assumptions(result), cancellation)
            : Read(result.GetValue(intents), terminal) is not { } read ? ExitCode.NotAnswered
            : new CheckRun(read, terminal)
            {
                Format = result.GetValue(output),
                Flows = result.GetValue(flows),
                Before = result.GetValue(before) is { } path ? input.Input(result) with { Paths = [path], Cluster = null } : null,
            }.Answer(input.Input(result), evaluation.Namespace(result), evaluation.Assumptions(result), cancellation)));
        return command;
    }

    private static IntentSet? Read(string? file, Terminal terminal)
    {
        file ??= IntentFile.Find(Environment.CurrentDirectory);
        if (file is not null)
            return IntentFile.Read(file, static (text, name) => new YamlTokenReader(text, name), terminal.Tell);
        terminal.Tell($"error: There is no file {IntentFile.Name} in this folder or one above, and no --intents names one.");
        return null;
    }
}
