using System.CommandLine;
using NetPolTools.Asking;
using NetPolTools.Diagnostics;
using NetPolTools.Reports;
using NetPolTools.SeenTraffic;
using NetPolTools.Snapshot;

namespace NetPolTools.Kubectl;

/// <summary><c>kubectl netpol traffic PATH… --flows FILE</c>: which seen traffic policies would break, and which allowed connections nobody uses.</summary>
internal static class TrafficCommand
{
    private const string StandardInput = "-";

    public static Command Create(Terminal terminal)
    {
        var input = new InputOptions();
        var output = new Option<OutputFormat>("--output", "-o") { Description = "How to print.", DefaultValueFactory = _ => OutputFormat.Table };
        var flows = FlowFiles.NewOption("What was seen", isRequired: true);
        var change = new Option<string[]>("--change")
        {
            Description = "What is to be: manifests that stand in the place of PATH, or are applied to it where they hold only policies. Then only what "
                + "changes is told.",
            HelpName = "path",
            DefaultValueFactory = static _ => [],
            AllowMultipleArgumentsPerToken = false,
        };
        var apply = new Option<bool>("--apply") { Description = "--change is applied, as kubectl apply would, instead of standing in the place of PATH." };
        var all = new Option<bool>("--all") { Description = "Tell what stays as it is, too." };
        var unused = new Option<bool>("--unused")
        {
            Description = "List the allowed connections instead that nobody was seen to use, or the ports of them that nobody was: what could be closed.",
        };
        var evaluation = new EvaluationOptions(
            "the answer is about flows that have at least one end there",
            withBy: false,
            aboutStaged: "What would Calico's staged policies make of the traffic? They are in effect after the change, and not before.");

        var command = new Command(
            "traffic",
            "Hold flow records against policies: which seen traffic would break, by which rule, before and after a change. Exit codes: 0 nothing breaks, 3 "
                + "something does, 1 answered although some input was bad, whether anything breaks or not, 2 not answered.")
        {
            output, flows, change, apply, all, unused,
        };
        input.AddTo(command);
        evaluation.AddTo(command);
        command.Validators.Add(result =>
        {
            if (result.GetValue(unused) && result.GetValue(all))
                result.AddError("--unused lists connections that nobody was seen to use; --all has no place there.");
            if (result.GetValue(apply) && result.GetValue(change) is not { Length: > 0 })
                result.AddError("--apply needs --change.");
            if (result.GetValue(change)?.Contains(StandardInput) == true && result.GetValue(flows)?.Contains(StandardInput) == true)
                result.AddError("Standard input can be one thing only: give a path for the other.");
        });
        command.SetAction((result, cancellation) => Answering.Run(terminal, () => Answer(
            input.Input(result),
            result.GetValue(change) is { Length: > 0 } paths ? paths : null,
            result.GetValue(flows)!,
            evaluation.Namespace(result),
            new TrafficQuestion([])
            {
                Apply = result.GetValue(apply),
                EnforcesStaged = evaluation.IncludesStaged(result),
                Namespaces = evaluation.Namespace(result).Only,
                Assumptions = evaluation.Assumptions(result) with { IncludesStaged = false },
            },
            new Printing(result.GetValue(output), result.GetValue(all), result.GetValue(unused)),
            terminal,
            cancellation)));
        return command;
    }

    private static int Answer(
        CommandInput input,
        string[]? change,
        string[] flowFiles,
        AskedNamespace ns,
        TrafficQuestion question,
        Printing printing,
        Terminal terminal,
        CancellationToken cancellation)
    {
        var reference = ManifestInput.Read(input, ns, terminal, cancellation);
        var difference = change is null ? null
            : ManifestInput.Read(new CommandInput(change, Version: input.Version) { Files = input.Files }, ns, terminal, cancellation);
        var (flows, lacksRecords) = FlowFiles.Read(flowFiles, reference, ns, terminal, cancellation);
        terminal.Say("Evaluating");
        question = question with { Flows = flows, LacksRecords = lacksRecords };
        var answer = question.Ask(reference, difference, new CommandLineWords(input.Cluster is null ? "PATH" : "--context", "--change"), cancellation);
        terminal.TellSettings(reference, question.Assumptions);
        var diagnostics = answer.AllDiagnostics();
        terminal.Tell(diagnostics);
        if (answer.IsWhole || printing.Format == OutputFormat.Json)
        {
            NotEvaluatedKind[] notEvaluated = [.. reference.Snapshot.NotEvaluated.Union(difference?.Snapshot.NotEvaluated ?? [])];
            Print(answer.IsWhole ? answer.Value : null, printing, diagnostics, notEvaluated, terminal, cancellation);
        }

        var breaks = answer.IsWhole && answer.Value!.Check.CountOf(FlowOutcome.Breaks) > 0;
        return Answering.ExitCodeOf(answer.Status, breaks ? ExitCode.CheckFailed : ExitCode.Answered);
    }

    private static void Print(
        TrafficAnswer? found,
        Printing printing,
        IReadOnlyList<Diagnostic> diagnostics,
        IReadOnlyList<NotEvaluatedKind> notEvaluated,
        Terminal terminal,
        CancellationToken cancellation)
    {
        using var output = terminal.OpenOutput();
        var lines = found?.Check.Flows.Where(flow => printing.WithUnchanged || flow.Outcome != FlowOutcome.Stays) ?? [];
        var unused = found?.Unused(cancellation) ?? [];
        switch (printing.Format)
        {
            case OutputFormat.Json when printing.Unused:
                new ConnectionJsonWriter(output).Write(unused, diagnostics, notEvaluated);
                break;
            case OutputFormat.Json:
                new TrafficJsonWriter(output).Write(lines, diagnostics, notEvaluated);
                break;
            case OutputFormat.Csv when printing.Unused:
                new ConnectionCsvWriter(output).Write(unused);
                break;
            case OutputFormat.Csv:
                new TrafficCsvWriter(output).Write(lines);
                break;
            case var _ when printing.Unused:
                if (new ConnectionTableWriter(output).Write(unused, withVerdict: false, cancellation) == 0)
                    terminal.Tell("Every allowed connection was seen in use.");
                break;
            default:
                new TrafficTableWriter(output).Write(found!.Check, printing.WithUnchanged);
                break;
        }
    }

    /// <summary>How to print an answer.</summary>
    /// <param name="Format">As a table or data.</param>
    /// <param name="WithUnchanged">Whether with traffic that stays as it is.</param>
    /// <param name="Unused">Whether connections are listed instead that nobody was seen to use.</param>
    private sealed record Printing(OutputFormat Format, bool WithUnchanged, bool Unused);
}
