using System.CommandLine;
using NetPolTools.Asking;
using NetPolTools.Diagnostics;
using NetPolTools.Difference;
using NetPolTools.Listing;
using NetPolTools.Reachability;
using NetPolTools.Reports;
using NetPolTools.Snapshot;

namespace NetPolTools.Kubectl;

/// <summary><c>kubectl netpol diff REFERENCE DIFFERENCE</c>: what a change of policies, labels or workloads opens and closes.</summary>
internal static class DiffCommand
{
    private const string StandardInput = "-";

    public static Command Create(Terminal terminal)
    {
        var reference = new Argument<string>("REFERENCE") { Description = $"What is; left out with --context. {ManifestInput.PathDescription}" };
        var difference = new Argument<string?>("DIFFERENCE") { Description = "What is to be; as REFERENCE.", Arity = ArgumentArity.ZeroOrOne };
        var cluster = new ClusterOptions("What is, in a cluster as it is now, to which DIFFERENCE is applied.");
        var output = new Option<DifferenceFormat>("--output", "-o") { Description = "How to print the changes.", DefaultValueFactory = _ => DifferenceFormat.Table };
        var apply = new Option<bool>("--apply")
        {
            Description = "DIFFERENCE is applied to REFERENCE, as kubectl apply would, instead of standing in its place. Happens with a warning where DIFFERENCE holds only policies. --apply=false compares a cluster as it is.",
        };
        var version = new VersionOption();
        var connections = new ConnectionOptions();
        var evaluation = new EvaluationOptions(ConnectionOptions.AboutNamespace);

        var command = new Command(
            "diff",
            "Compare who can reach whom in two inputs, and name the policies responsible. Exit codes: 0 no difference, 4 they differ, "
                + "1 answered although some input was bad, whether they differ or not, 2 not answered.")
        {
            reference, difference, output, apply,
        };
        cluster.AddTo(command);
        version.AddTo(command);
        connections.AddTo(command);
        evaluation.AddTo(command);
        command.Validators.Add(result =>
        {
            if (cluster.IsGiven(result) && result.GetValue(difference) is not null)
                result.AddError("With --context there is one path: what is to be applied to the cluster.");
            if (!cluster.IsGiven(result) && result.GetValue(difference) is null)
                result.AddError("The comparison needs two inputs: REFERENCE and DIFFERENCE, or --context and one path.");
            if (result.GetValue(reference) == StandardInput && result.GetValue(difference) == StandardInput)
                result.AddError("Standard input can be one side only: give a path for the other.");
        });
        command.SetAction((result, cancellation) => Answering.Run(terminal, () => Answer(
            cluster.Cluster(result) is { } live ? new CommandInput([], live) : new CommandInput([result.GetValue(reference)!], Version: version.Version(result)),
            new CommandInput([result.GetValue(difference) ?? result.GetValue(reference)!], Version: version.Version(result)),
            result.GetResult(apply) is { Implicit: false } ? result.GetValue(apply) : cluster.Cluster(result) is not null,
            evaluation.Namespace(result),
            connections.Query(result, evaluation.By(result)) with { Namespaces = evaluation.Namespace(result).Only },
            evaluation.Reachability(result),
            result.GetValue(output),
            terminal,
            cancellation)));
        return command;
    }

    private static int Answer(
        CommandInput reference,
        CommandInput difference,
        bool apply,
        AskedNamespace ns,
        ConnectionQuery query,
        ReachabilityOptions options,
        DifferenceFormat format,
        Terminal terminal,
        CancellationToken cancellation)
    {
        var before = ManifestInput.Read(reference, ns, terminal, cancellation);
        var given = ManifestInput.Read(difference with { Version = difference.Version ?? before.KubernetesVersion }, ns, terminal, cancellation, policiesWillDo: true);
        var isApplied = apply || AppliedPolicies.AreMeant(before, given);
        var after = isApplied ? before.With(given.Objects()) : given;
        var found = new ReachabilityDifference(Side(before), Side(after), query);
        var holdsPods = before.HoldsPods && after.HoldsPods && given.HoldsAnything;
        Diagnostic[] unmatched = holdsPods ? [.. ns.NotIn(before, given), .. ConnectionOptions.PortNames(query), .. ConnectionOptions.NoMatches(found.FromWithoutMatch, found.ToWithoutMatch)] : [];
        Diagnostic[] diagnostics = [.. before.Diagnostics, .. given.Diagnostics, .. isApplied ? after.Diagnostics.Except(before.Diagnostics).Except(given.Diagnostics) : [], .. unmatched];
        if (!after.HoldsPods && given.HoldsAnything && before.HoldsPods)
            diagnostics = [.. diagnostics, new Diagnostic(DiagnosticId.NoInput, DiagnosticSeverity.Error, QuestionWords.Plain.NoInput(QuestionPart.Difference, after))];
        if (isApplied && !apply)
            diagnostics = [.. diagnostics, new Diagnostic(DiagnosticId.PoliciesApplied, DiagnosticSeverity.Warning, AppliedPolicies.Warning)];
        terminal.Tell(diagnostics);

        // Against a side that holds nothing, everything would look added or removed.
        var answered = unmatched.Length == 0 && holdsPods;
        var differs = false;
        if (answered || format == DifferenceFormat.Json)
            differs = Print(answered ? found : null, diagnostics, [.. before.NotEvaluated.Union(after.NotEvaluated)], format, terminal, cancellation);
        return answered ? Answering.ExitCodeOf(diagnostics, differs ? ExitCode.Differs : ExitCode.Answered) : ExitCode.NotAnswered;

        DifferenceSide Side(ClusterSnapshot snapshot)
        {
            terminal.Say("Evaluating");
            return new DifferenceSide(snapshot, ReachabilityMap.Compile(snapshot, options, cancellation));
        }
    }

    /// <returns>Whether there was anything to print.</returns>
    private static bool Print(
        ReachabilityDifference? found,
        Diagnostic[] diagnostics,
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
