using System.CommandLine;
using NetPolTools.Asking;
using NetPolTools.Listing;
using NetPolTools.Live;
using NetPolTools.Reports;

namespace NetPolTools.Kubectl;

/// <summary><c>kubectl netpol exposure PATH…</c>: which pods that do not exist yet could reach workloads, and which these could reach.</summary>
internal static class ExposureCommand
{
    public static Command Create(Terminal terminal)
    {
        var input = new InputOptions();
        var output = new Option<OutputFormat>("--output", "-o") { Description = "How to print.", DefaultValueFactory = _ => OutputFormat.Table };
        var workloads = new Option<EndpointPattern[]>("--workload", "-w")
        {
            Description = "Only these workloads: name, namespace/name or kind/name with wildcards, or a label selector such as app=web.",
            CustomParser = static result => OptionText.ParseAll(result, EndpointPattern.ParseSource),
            DefaultValueFactory = static _ => [],
            HelpName = "pattern",
        };
        var access = new Option<bool>("--access")
        {
            Description = "Tell of each line who may create such a pod, or set the labels that make one, as the Roles, ClusterRoles and their bindings in the "
                + "input say.",
        };
        var evaluation = new EvaluationOptions("only its workloads are listed", withCni: true);

        var command = new Command("exposure", "List which pods that do not exist yet could reach workloads, and which these could reach.")
        {
            output, workloads, access,
        };
        input.AddTo(command);
        evaluation.AddTo(command);
        command.Validators.Add(result =>
        {
            if (evaluation.IsByNamespace(result))
                result.AddError("exposure goes by workload or pod.");
        });
        command.SetAction((result, cancellation) => Answering.Run(terminal, () => Answer(
            result.GetValue(access) ? WithAccess(input.Input(result)) : input.Input(result),
            evaluation.Namespace(result),
            new ExposureQuestion
            {
                By = evaluation.By(result),
                Workloads = result.GetValue(workloads)!,
                WithAccess = result.GetValue(access),
                Namespaces = evaluation.Namespace(result).Only,
                Assumptions = evaluation.Assumptions(result),
            },
            result.GetValue(output),
            terminal,
            cancellation)));
        return command;
    }

    /// <summary>Of a cluster, roles and bindings are read, too.</summary>
    private static CommandInput WithAccess(CommandInput input) =>
        input with { Cluster = input.Cluster is { } named ? named with { Kinds = ClusterKinds.ForAccess } : null };

    private static int Answer(
        CommandInput input, AskedNamespace ns, ExposureQuestion question, OutputFormat format, Terminal terminal, CancellationToken cancellation)
    {
        var cluster = ManifestInput.Read(input, ns, terminal, cancellation);
        terminal.Say("Evaluating");
        var answer = question.Ask(cluster, CommandLineWords.Default, cancellation);
        terminal.TellSettings(cluster, question.Assumptions);
        var diagnostics = answer.AllDiagnostics();
        terminal.Tell(diagnostics);
        if (answer.IsWhole || format == OutputFormat.Json)
        {
            using var output = terminal.OpenOutput();
            var lines = answer.IsWhole ? answer.Value!.Lines(cancellation) : [];
            if (format == OutputFormat.Json)
                new ExposureJsonWriter(output).Write(lines, diagnostics, cluster.Snapshot.NotEvaluated);
            else if (format == OutputFormat.Csv)
                new ExposureCsvWriter(output).Write(lines);
            else if (new ExposureTableWriter(output).Write(lines) == 0)
                terminal.Tell("No workload is exposed.");
        }

        return Answering.ExitCodeOf(answer.Status);
    }
}
