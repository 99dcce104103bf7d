using System.CommandLine;
using NetPolTools.Asking;
using NetPolTools.Diagnostics;
using NetPolTools.Isolation;
using NetPolTools.Listing;
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

        var command = new Command(
            "isolation", "List which workloads policies isolate in which direction, and how far namespaces are covered.") { output, open };
        input.AddTo(command);
        evaluation.AddTo(command);
        command.SetAction((result, cancellation) => Answering.Run(terminal, () => Answer(
            input.Input(result),
            evaluation.Namespace(result),
            new IsolationQuestion
            {
                By = evaluation.By(result),
                OpenOnly = result.GetValue(open),
                Namespaces = evaluation.Namespace(result).Only,
                Assumptions = evaluation.Assumptions(result),
            },
            result.GetValue(output),
            terminal,
            cancellation)));
        return command;
    }

    private static int Answer(
        CommandInput input,
        AskedNamespace ns,
        IsolationQuestion question,
        OutputFormat format,
        Terminal terminal,
        CancellationToken cancellation)
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
            var list = answer.IsWhole ? answer.Value! : new IsolationList([], []);
            if (question.By == GroupBy.Namespace)
                Print(output, list.Namespaces, diagnostics, cluster.Snapshot.NotEvaluated, format, terminal);
            else
                Print(output, list.Workloads, diagnostics, cluster.Snapshot.NotEvaluated, format, terminal);
        }

        return Answering.ExitCodeOf(answer.Status);
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
