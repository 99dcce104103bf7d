using System.CommandLine;
using NetPolTools.Asking;
using NetPolTools.Listing;
using NetPolTools.Paths;
using NetPolTools.Reports;

namespace NetPolTools.Kubectl;

/// <summary><c>kubectl netpol paths PATH… --from A</c>: what comes into reach of whoever takes over a workload, or attacks from outside, hop by hop.</summary>
internal static class PathsCommand
{
    public static Command Create(Terminal terminal)
    {
        var input = new InputOptions();
        var output = new Option<OutputFormat>("--output", "-o") { Description = "How to print.", DefaultValueFactory = _ => OutputFormat.Table };
        var from = new Option<EndpointPattern[]>("--from")
        {
            Description = "The workload or pod that somebody has taken over: name, namespace/name or kind/name with wildcards, a label selector, or a Service "
                + "(svc/name) for the workloads behind it. Whatever it matches is taken over at once. outside, an address or a CIDR block is "
                + "somebody out there; 'new pod app=web in namespace shop' is one who creates such a pod.",
            CustomParser = static result => OptionText.ParseAll(result, EndpointPattern.Parse),
            HelpName = "pattern",
            Required = true,
        };
        var to = new Option<EndpointPattern[]>("--to")
        {
            Description = "Only paths to these workloads, or to those behind a Service (svc/name), connection by connection; those out of reach are told, too.",
            CustomParser = static result => OptionText.ParseAll(result, EndpointPattern.Parse),
            DefaultValueFactory = static _ => [],
            HelpName = "pattern",
        };
        var explain = new Option<bool>("--explain") { Description = "Tell which rules of which policies allow each connection of a path." };
        var summary = new Option<bool>("--summary")
        {
            Description = "Only count the workloads in reach by hops, and tell the single connections without which most of them would be out of reach, "
                + "with the rules that allow these.",
        };
        var most = new Option<int>("--choke-points")
        {
            Description = "How many such connections --summary tells.",
            HelpName = "count",
            DefaultValueFactory = static _ => BlastRadius.FewChokePoints,
        };
        var evaluation = new EvaluationOptions("names in --from and --to that name no namespace are looked for there", withBy: false, withCni: true);

        var command = new Command(
            "paths",
            "Tell what comes into reach of whoever takes over a workload, or attacks from outside: whom it may connect to on any port, whom these may connect to, and so on.")
        {
            output, from, to, explain, summary, most,
        };
        input.AddTo(command);
        evaluation.AddTo(command);
        command.Validators.Add(result =>
        {
            if (result.GetValue(explain) && result.GetValue(output) == OutputFormat.Csv)
                result.AddError("--explain has no place in CSV; take -o table or -o json.");
            if (result.GetValue(summary) && (result.GetValue(explain) || result.GetValue(output) == OutputFormat.Csv))
                result.AddError("--summary prints figures and explains its connections anyway; --explain and -o csv have no place there.");
            if (!result.GetValue(summary) && result.GetResult(most) is { Implicit: false })
                result.AddError("--choke-points needs --summary.");
            if (result.GetResult(most) is { Errors: var errors } && !errors.Any() && result.GetValue(most) < 0)
                result.AddError("--choke-points takes a number from 0.");
        });
        command.SetAction((result, cancellation) => Answering.Run(terminal, () => Answer(
            input.Input(result),
            evaluation.Namespace(result),
            new PathQuestion(result.GetValue(from)!)
            {
                To = result.GetValue(to)!,
                Namespaces = evaluation.Namespace(result).Only,
                Assumptions = evaluation.Assumptions(result),
            },
            new Printing(result.GetValue(output), result.GetValue(explain), result.GetValue(summary) ? result.GetValue(most) : null),
            terminal,
            cancellation)));
        return command;
    }

    private static int Answer(
        CommandInput input, AskedNamespace ns, PathQuestion question, Printing printing, Terminal terminal, CancellationToken cancellation)
    {
        var cluster = ManifestInput.Read(input, ns, terminal, cancellation);
        terminal.Say("Evaluating");
        var answer = question.Ask(cluster, CommandLineWords.Default, cancellation);
        terminal.TellSettings(cluster, question.Assumptions);
        var diagnostics = answer.AllDiagnostics();
        terminal.Tell(diagnostics);
        if (!answer.IsWhole && printing.Format != OutputFormat.Json)
            return Answering.ExitCodeOf(answer.Status);
        var radius = answer.IsWhole ? answer.Value : null;
        using var output = terminal.OpenOutput();
        if (printing.ChokePoints is { } most)
        {
            var chokePoints = radius?.ChokePoints(most, cancellation) ?? [];
            if (printing.Format == OutputFormat.Json)
                new BlastRadiusJsonWriter(output).Write(radius, chokePoints, diagnostics, cluster.Snapshot.NotEvaluated);
            else
                new BlastRadiusTextWriter(output).Write(radius!, chokePoints);
            return Answering.ExitCodeOf(answer.Status);
        }

        var paths = radius?.Paths(cancellation) ?? [];
        var explain = printing.Explain && radius is not null ? radius.Explain : (Func<Connection, Explaining.Explanation>?)null;
        if (printing.Format == OutputFormat.Json)
            new PathJsonWriter(output, explain).Write(radius?.From ?? [], paths, diagnostics, cluster.Snapshot.NotEvaluated);
        else if (printing.Format == OutputFormat.Csv)
            new PathCsvWriter(output).Write(paths);
        else if (new PathTableWriter(output, radius!.AreTargetsNamed, explain).Write(paths) == 0)
            terminal.Tell($"Nothing is in reach of {string.Join(", ", radius.From)}.");
        return Answering.ExitCodeOf(answer.Status);
    }

    /// <summary>How to print an answer.</summary>
    /// <param name="Format">As a table or data.</param>
    /// <param name="Explain">Whether with reasons.</param>
    /// <param name="ChokePoints">How many choke points, with figures alone; null for paths.</param>
    private sealed record Printing(OutputFormat Format, bool Explain, int? ChokePoints);
}
