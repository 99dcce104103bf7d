using System.CommandLine;
using NetPolTools.Asking;
using NetPolTools.Diagnostics;
using NetPolTools.Difference;
using NetPolTools.Reports;
using NetPolTools.Snapshot;

namespace NetPolTools.Kubectl;

/// <summary><c>kubectl netpol diff REFERENCE DIFFERENCE</c>: what a change of policies, labels or workloads opens and closes.</summary>
internal static class DiffCommand
{
    private const string StandardInput = "-";

    public static Command Create(Terminal terminal)
    {
        var reference = new Argument<string?>(CommandLineWords.Reference)
        {
            Description = $"What is; left out with --context. {ManifestInput.PathDescription}",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var difference = new Argument<string?>(CommandLineWords.Difference) { Description = "What is to be; as REFERENCE.", Arity = ArgumentArity.ZeroOrOne };
        var cluster = new ClusterOptions("What is, in a cluster as it is now, to which DIFFERENCE is applied.");
        var output = new Option<DifferenceFormat>(
            "--output", "-o")
        { Description = "How to print the changes.", DefaultValueFactory = _ => DifferenceFormat.Table };
        var apply = new Option<bool>("--apply")
        {
            Description = "DIFFERENCE is applied to REFERENCE, as kubectl apply would, instead of standing in its place. Happens with a warning where "
                + "DIFFERENCE holds only policies. --apply=false compares a cluster as it is.",
        };
        var exposure = new Option<bool>("--exposure")
        {
            Description = "Compare instead which pods that do not exist yet could reach workloads, and which these could reach: exposure opened and closed.",
        };
        var version = new VersionOption();
        var files = new FileOptions();
        var connections = new ConnectionOptions();
        var evaluation = new EvaluationOptions(
            ConnectionOptions.AboutNamespace,
            aboutStaged: "DIFFERENCE is taken with Calico's staged policies in effect, and REFERENCE without. With one input alone, or with --context alone: "
                + "what would its staged policies cut?");

        var command = new Command(
            "diff",
            "Compare who can reach whom in two inputs, and name the policies responsible. Exit codes: 0 no difference, 4 they differ, "
                + "1 answered although some input was bad, whether they differ or not, 2 not answered.")
        {
            reference, difference, output, apply, exposure,
        };
        files.AddTo(command);
        cluster.AddTo(command);
        version.AddTo(command);
        connections.AddTo(command);
        evaluation.AddTo(command);
        command.Validators.Add(result =>
        {
            if (cluster.IsGiven(result) && result.GetValue(difference) is not null)
                result.AddError("With --context there is one path: what is to be applied to the cluster.");
            if (!evaluation.IncludesStaged(result) && (cluster.IsGiven(result) ? result.GetValue(reference) : result.GetValue(difference)) is null)
                result.AddError("The comparison needs two inputs: REFERENCE and DIFFERENCE, or --context and one path.");
            if (!cluster.IsGiven(result) && result.GetValue(reference) is null)
                result.AddError("The comparison needs an input: REFERENCE or --context.");
            if (result.GetValue(reference) == StandardInput && result.GetValue(difference) == StandardInput)
                result.AddError("Standard input can be one side only: give a path for the other.");
        });
        command.Validators.Add(result =>
        {
            if (result.GetValue(exposure) && connections.AreAsked(result))
                result.AddError("--exposure is about pods that do not exist yet; --from, --to, --port and --protocol have no place there.");
            if (result.GetValue(exposure) && evaluation.IsByNamespace(result))
                result.AddError("--exposure goes by workload or pod.");
        });
        command.SetAction((result, cancellation) => Answering.Run(terminal, () =>
        {
            var question = new DifferenceQuestion(connections.Query(result, evaluation.By(result)) with { Namespaces = evaluation.Namespace(result).Only })
            {
                // Manifests rarely describe the whole cluster.
                Apply = result.GetResult(apply) is { Implicit: false }
                    ? result.GetValue(apply)
                    : cluster.IsGiven(result.CommandResult) && result.GetValue(reference) is not null,
                Assumptions = evaluation.Assumptions(result) with { IncludesStaged = false },
                EnforcesStaged = evaluation.IncludesStaged(result),
            };
            return Answer(
                cluster.Cluster(result) is { } live ? new CommandInput([], live) : Manifests(result, result.GetValue(reference)!),
                (cluster.IsGiven(result.CommandResult) ? result.GetValue(reference) : result.GetValue(difference)) is { } path ? Manifests(result, path) : null,
                evaluation.Namespace(result),
                question,
                result.GetValue(exposure),
                result.GetValue(output),
                terminal,
                cancellation);
        }));
        return command;

        CommandInput Manifests(ParseResult result, string path) => new([path], Version: version.Version(result)) { Files = files.Filter(result) };
    }

    private static int Answer(
        CommandInput reference,
        CommandInput? difference,
        AskedNamespace ns,
        DifferenceQuestion question,
        bool ofExposure,
        DifferenceFormat format,
        Terminal terminal,
        CancellationToken cancellation)
    {
        var before = ManifestInput.Read(reference, ns, terminal, cancellation);
        if (reference.Cluster is { } live && ns.Name is null)
            ns = ns with { OfContext = live.Namespace() };
        var after = difference is null ? before
            : ManifestInput.ReadSecond(
                difference with { Version = difference.Version ?? before.Snapshot.KubernetesVersion }, reference, before, ns, terminal, cancellation);
        terminal.Say("Evaluating");
        var words = reference.Cluster is null ? CommandLineWords.Default : new CommandLineWords("--context");
        if (ofExposure)
            return ExposureDiff.Answer(before, after, words, question, format, terminal, cancellation);
        var answer = question.Ask(before, after, words, cancellation);
        terminal.TellSettings(after, question.Assumptions);
        var diagnostics = answer.AllDiagnostics();
        terminal.Tell(diagnostics);

        var differs = false;
        if (answer.IsWhole || format == DifferenceFormat.Json)
        {
            NotEvaluatedKind[] notEvaluated = [.. before.Snapshot.NotEvaluated.Union(after.Snapshot.NotEvaluated)];
            differs = Print(answer.IsWhole ? answer.Value : null, diagnostics, notEvaluated, format, terminal, cancellation);
        }

        return Answering.ExitCodeOf(answer.Status, differs ? ExitCode.Differs : ExitCode.Answered);
    }

    /// <returns>Whether there was anything to print.</returns>
    private static bool Print(
        ReachabilityDifference? found,
        IReadOnlyList<Diagnostic> diagnostics,
        IReadOnlyList<NotEvaluatedKind> notEvaluated,
        DifferenceFormat format,
        Terminal terminal,
        CancellationToken cancellation)
    {
        using var output = terminal.OpenOutput();
        var ends = found?.Ends ?? [];
        var differs = ends.Count > 0;
        switch (format)
        {
            case DifferenceFormat.Json:
                new DifferenceJsonWriter(output).Write(ends, found?.Policies ?? [], Changes(), diagnostics, notEvaluated);
                break;
            case DifferenceFormat.Csv:
                var csv = new DifferenceCsvWriter(output);
                csv.WriteHeader();
                csv.Write(ends, Changes());
                break;
            case DifferenceFormat.Markdown:
                new DifferenceMarkdownWriter(output).Write(ends, Changes());
                break;
            default:
                if (new DifferenceTableWriter(output).Write(ends, Changes(), cancellation) == 0)
                    terminal.Tell("No difference in who can reach whom.");
                break;
        }

        return differs;

        IEnumerable<ConnectionChange> Changes()
        {
            foreach (var change in found?.List(cancellation) ?? [])
            {
                differs = true;
                yield return change;
            }
        }
    }
}
