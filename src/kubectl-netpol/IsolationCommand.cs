using System.CommandLine;
using NetPolTools.Diagnostics;
using NetPolTools.Isolation;
using NetPolTools.Listing;
using NetPolTools.Reachability;
using NetPolTools.Reports;
using NetPolTools.Snapshot;

namespace NetPolTools.Kubectl;

/// <summary><c>kubectl netpol isolation PATH…</c>: which workloads policies isolate in which direction, and which are wide open.</summary>
internal static class IsolationCommand
{
    public static Command Create(Terminal terminal)
    {
        var input = new InputOptions();
        var output = new Option<OutputFormat>("--output", "-o") { Description = "How to print.", DefaultValueFactory = _ => OutputFormat.Table };
        var open = new Option<bool>("--open") { Description = "Only what is not isolated in some direction; of namespaces, where a new pod would not be." };
        var evaluation = new EvaluationOptions("only its workloads are listed");

        var command = new Command("isolation", "List which workloads policies isolate in which direction, and how far namespaces are covered.") { output, open };
        input.AddTo(command);
        evaluation.AddTo(command);
        command.SetAction((result, cancellation) => Answering.Run(terminal, () => Answer(
            input.Input(result),
            evaluation.Namespace(result),
            evaluation.By(result),
            result.GetValue(open),
            evaluation.Reachability(result),
            result.GetValue(output),
            terminal,
            cancellation)));
        return command;
    }

    private static int Answer(
        CommandInput input,
        AskedNamespace ns,
        GroupBy by,
        bool openOnly,
        ReachabilityOptions options,
        OutputFormat format,
        Terminal terminal,
        CancellationToken cancellation)
    {
        var snapshot = ManifestInput.Read(input, ns, terminal, cancellation);
        terminal.Say("Evaluating");
        var report = new IsolationReport(snapshot, ReachabilityMap.Compile(snapshot, options, cancellation), ns.Only);
        var notThere = snapshot.HoldsPods ? ns.NotIn(snapshot) : [];
        Diagnostic[] diagnostics = [.. snapshot.Diagnostics, .. notThere, .. snapshot.HoldsPods ? report.Diagnostics() : []];
        terminal.Tell(diagnostics);

        var answered = snapshot.HoldsPods && notThere.Length == 0;
        if (answered || format == OutputFormat.Json)
        {
            using var output = terminal.OpenOutput();
            if (by == GroupBy.Namespace)
                Print(output, report.Namespaces().Where(isolation => !openOnly || isolation.IsOpen), diagnostics, snapshot.NotEvaluated, format, terminal);
            else
                Print(output, (by == GroupBy.Pod ? report.Pods() : report.Workloads()).Where(isolation => !openOnly || isolation.IsOpen), diagnostics, snapshot.NotEvaluated, format, terminal);
        }

        return answered ? Answering.ExitCodeOf(diagnostics) : ExitCode.NotAnswered;
    }

    private static void Print(
        TextWriter output,
        IEnumerable<WorkloadIsolation> workloads,
        IReadOnlyList<Diagnostic> diagnostics,
        IReadOnlyList<NotEvaluatedKind> notEvaluated,
        OutputFormat format,
        Terminal terminal)
    {
        if (format == OutputFormat.Json)
            new IsolationJsonWriter(output).Write(workloads, diagnostics, notEvaluated);
        else if (format == OutputFormat.Csv)
            new IsolationCsvWriter(output).Write(workloads);
        else if (new IsolationTableWriter(output).Write(workloads) == 0)
            terminal.Tell("No workload is open.");
    }

    private static void Print(
        TextWriter output,
        IEnumerable<NamespaceIsolation> namespaces,
        IReadOnlyList<Diagnostic> diagnostics,
        IReadOnlyList<NotEvaluatedKind> notEvaluated,
        OutputFormat format,
        Terminal terminal)
    {
        if (format == OutputFormat.Json)
            new IsolationJsonWriter(output).Write(namespaces, diagnostics, notEvaluated);
        else if (format == OutputFormat.Csv)
            new IsolationCsvWriter(output).Write(namespaces);
        else if (new IsolationTableWriter(output).Write(namespaces) == 0)
            terminal.Tell("No namespace is open.");
    }
}
