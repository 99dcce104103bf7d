using System.CommandLine;
using NetPolTools.Asking;
using NetPolTools.Listing;
using NetPolTools.Reports;

namespace NetPolTools.Kubectl;

/// <summary><c>kubectl netpol why REFERENCE DIFFERENCE --from A --to B</c>: which change made a connection fail, or possible.</summary>
internal static class WhyCommand
{
    private const string StandardInput = "-";

    public static Command Create(Terminal terminal)
    {
        var reference = new Argument<string>(CommandLineWords.Reference) { Description = $"The cluster as it was. {ManifestInput.PathDescription}" };
        var difference = new Argument<string?>(CommandLineWords.Difference)
        {
            Description = "The cluster as it is now, or what was applied to it; left out with --context. As REFERENCE.",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var cluster = new ClusterOptions("The cluster as it is now, instead of DIFFERENCE.");
        var output = new Option<CniFormat>("--output", "-o") { Description = "How to print.", DefaultValueFactory = _ => CniFormat.Table };
        var apply = new Option<bool>("--apply")
        {
            Description = "DIFFERENCE was applied to REFERENCE, as kubectl apply does, instead of standing in its place. Happens with a warning where "
                + "DIFFERENCE holds only policies.",
        };
        var version = new VersionOption();
        var files = new FileOptions();
        var connections = new ConnectionOptions();
        var evaluation = new EvaluationOptions("names in --from and --to that name no namespace are looked for there", withBy: false, withCni: true);
        var command = new Command(
            "why",
            "Tell which change between two states of a cluster made a connection fail, or possible: a policy, a label of pods or of a namespace, a port of a "
                + "Service, the network plugin; or that no policy is the cause. Exit codes: 0 answered, 1 answered although some input was bad, 2 not answered.")
        {
            reference, difference, output, apply,
        };
        files.AddTo(command);
        cluster.AddTo(command);
        version.AddTo(command);
        connections.AddTo(command);
        evaluation.AddTo(command);
        command.Validators.Add(result =>
        {
            if (!connections.NamesOneEach(result))
                result.AddError("The question needs one --from and one --to.");
            if (result.GetResult(reference) is not { Tokens.Count: 1 })
                return;
            if (cluster.IsGiven(result) == result.GetValue(difference) is not null)
                result.AddError("The question needs two states: REFERENCE, and DIFFERENCE or --context.");
            if (result.GetValue(reference) == StandardInput && result.GetValue(difference) == StandardInput)
                result.AddError("Standard input can be one side only: give a path for the other.");
        });
        command.SetAction((result, cancellation) => Answering.Run(terminal, () =>
        {
            var query = connections.Query(result, GroupBy.Pod);
            var question = new CauseQuestion(query.From[0], query.To[0])
            {
                Ports = query.Ports,
                PortNames = query.PortNames,
                Namespaces = evaluation.Namespace(result).Only,
                Apply = result.GetValue(apply),
                Assumptions = evaluation.Assumptions(result),
            };
            return Answer(
                Manifests(result.GetValue(reference)!),
                cluster.Cluster(result) is { } live ? new CommandInput([], live) : Manifests(result.GetValue(difference)!),
                evaluation.Namespace(result),
                question,
                result.GetValue(output),
                terminal,
                cancellation);

            CommandInput Manifests(string path) => new([path], Version: version.Version(result)) { Files = files.Filter(result) };
        }));
        return command;
    }

    private static int Answer(
        CommandInput reference,
        CommandInput difference,
        AskedNamespace ns,
        CauseQuestion question,
        CniFormat format,
        Terminal terminal,
        CancellationToken cancellation)
    {
        var before = ManifestInput.Read(reference, ns, terminal, cancellation);
        var after = ManifestInput.Read(difference, ns, terminal, cancellation);
        terminal.Say("Evaluating");
        var answer = question.Ask(before, after, CommandLineWords.Default, cancellation);
        terminal.TellSettings(after, question.Assumptions);
        var diagnostics = answer.AllDiagnostics();
        terminal.Tell(diagnostics);
        if (answer.IsWhole || format == CniFormat.Json)
        {
            using var output = terminal.OpenOutput();
            if (format == CniFormat.Json)
                new CauseJsonWriter(output).Write(answer.IsWhole ? answer.Value : null, diagnostics);
            else
                new CauseTextWriter(output).Write(question.From.ToString(), question.To.ToString(), answer.Value!);
        }

        return Answering.ExitCodeOf(answer.Status);
    }
}
