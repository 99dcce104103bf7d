using System.CommandLine;
using NetPolTools.Asking;
using NetPolTools.Diagnostics;
using NetPolTools.Explaining;
using NetPolTools.Listing;
using NetPolTools.Reports;
using NetPolTools.Snapshot;

namespace NetPolTools.Kubectl;

/// <summary><c>kubectl netpol reach PATH…</c>: lists the connections that the policies of the input allow.</summary>
internal static class ReachCommand
{
    public static Command Create(Terminal terminal)
    {
        var input = new InputOptions();
        var output = new Option<ReachFormat>(
            "--output", "-o")
        { Description = "How to print the connections; matrix and tree are for terminals.", DefaultValueFactory = _ => ReachFormat.Table };
        var connections = new ConnectionOptions();
        var evaluation = new EvaluationOptions(ConnectionOptions.AboutNamespace, withCni: true);
        var denied = new Option<bool>("--denied") { Description = "List what is blocked too." };
        var noNodes = new Option<bool>("--exclude-node-traffic")
        {
            Description = "Leave out what is only between pods and the nodes they run on; a node always reaches its pods, whatever policies say.",
        };
        var explain = new Option<bool>("--explain")
        {
            Description = "Tell the reasons of each line: which rules of which policies allow it, or what the nearest rules lack. Together with --denied, "
                + "also why something is blocked.",
        };
        var summary = new Option<bool>("--summary")
        {
            Description = "Only count, for each workload: how many others may reach it, how many it may reach, and whether it is open from and to the "
                + "outside. For whole fleets, where the connections are too many to list.",
        };
        var watch = new Option<bool>("--watch", "-w")
        {
            Description = "Follow the cluster of --context until interrupted, and print what changes in the answer, as diff does: opened, closed and "
                + "changed connections.",
        };

        var command = new Command("reach", "List who can reach whom, on which ports.") { output };
        input.AddTo(command);
        connections.AddTo(command);
        evaluation.AddTo(command);
        command.Add(denied);
        command.Add(noNodes);
        command.Add(explain);
        command.Add(summary);
        command.Add(watch);
        command.Validators.Add(result =>
        {
            if (result.GetValue(explain) && evaluation.IsByNamespace(result))
                result.AddError("--explain goes by workload or pod; policies select no namespace as a whole.");
            if (result.GetValue(explain) && result.GetValue(output) == ReachFormat.Csv)
                result.AddError("--explain has no place in CSV; take -o table or -o json.");
            if (result.GetValue(watch) && !input.IsCluster(result))
                result.AddError("--watch follows a cluster: it needs --context.");
            if (result.GetValue(watch) && (result.GetValue(denied) || result.GetValue(explain)))
                result.AddError("--watch prints changes of what is allowed; --denied and --explain have no place there.");
        });
        command.Validators.Add(result =>
        {
            if (IsPicture(result.GetValue(output)) && (result.GetValue(explain) || result.GetValue(summary) || result.GetValue(watch)))
                result.AddError("A matrix or tree has no place for --explain, --summary and --watch.");
        });
        command.Validators.Add(result =>
        {
            if (result.GetValue(summary) && evaluation.IsByNamespace(result))
                result.AddError("--summary goes by workload or pod.");
            if (result.GetValue(summary)
                && (connections.AreAsked(result) || result.GetValue(denied) || result.GetValue(noNodes) || result.GetValue(explain) || result.GetValue(watch)))
            {
                result.AddError("--summary counts what policies allow everybody on any port; --from, --to, --port, --protocol, --denied, "
                    + "--exclude-node-traffic, --explain and --watch have no place there.");
            }
        });
        command.SetAction((result, cancellation) => Answering.Run(terminal, () =>
        {
            if (result.GetValue(summary))
            {
                return Summarise(
                    input.Input(result),
                    evaluation.Namespace(result),
                    new SummaryQuestion
                    {
                        By = evaluation.By(result),
                        Namespaces = evaluation.Namespace(result).Only,
                        Assumptions = evaluation.Assumptions(result),
                    },
                    Plain(result.GetValue(output)),
                    terminal,
                    cancellation);
            }

            var query = connections.Query(result, evaluation.By(result)) with
            {
                IncludeDenied = result.GetValue(denied),
                ExcludeNodeTraffic = result.GetValue(noNodes),
                Namespaces = evaluation.Namespace(result).Only,
            };
            var question = new ReachQuestion(query) { Assumptions = evaluation.Assumptions(result) };
            return result.GetValue(watch)
                ? ReachWatch.Run(input.Input(result).Cluster!, question, Plain(result.GetValue(output)), terminal, cancellation)
                : Answer(
                    input.Input(result),
                    evaluation.Namespace(result),
                    question,
                    result.GetValue(output),
                    result.GetValue(explain),
                    terminal,
                    cancellation);
        }));
        return command;
    }

    private static int Answer(
        CommandInput input,
        AskedNamespace ns,
        ReachQuestion question,
        ReachFormat format,
        bool explain,
        Terminal terminal,
        CancellationToken cancellation)
    {
        var cluster = ManifestInput.Read(input, ns, terminal, cancellation);
        terminal.Say("Evaluating");
        var answer = question.Ask(cluster, CommandLineWords.Default, cancellation);
        terminal.TellSettings(cluster, question.Assumptions);
        var diagnostics = answer.AllDiagnostics();
        terminal.Tell(diagnostics);
        if (answer.IsWhole && IsPicture(format))
        {
            Draw(answer.Value!.List(cancellation), question.Query, format, terminal, cancellation);
        }
        else if (answer.IsWhole || format == ReachFormat.Json)
        {
            Print(
                answer.IsWhole ? answer.Value!.List(cancellation) : [],
                diagnostics,
                cluster.Snapshot.NotEvaluated,
                Plain(format),
                question.Query.IncludeDenied,
                explain && answer.IsWhole ? answer.Value!.Explain : null,
                terminal,
                cancellation);
        }

        return Answering.ExitCodeOf(answer.Status);
    }

    private static bool IsPicture(ReachFormat format) => format is ReachFormat.Matrix or ReachFormat.Tree;

    /// <summary>The same among the forms that other commands have, too.</summary>
    private static OutputFormat Plain(ReachFormat format) => format switch
    {
        ReachFormat.Json => OutputFormat.Json,
        ReachFormat.Csv => OutputFormat.Csv,
        _ => OutputFormat.Table,
    };

    private static void Draw(
        IEnumerable<Connection> connections, ConnectionQuery query, ReachFormat format, Terminal terminal, CancellationToken cancellation)
    {
        using var output = terminal.OpenOutput();
        var isOfSources = query.From.Count > 0;
        var lines = format == ReachFormat.Matrix
            ? new ConnectionMatrixWriter(output, terminal.IsColoured).Write(connections, cancellation)
            : new ConnectionTreeWriter(output, terminal.IsColoured).Write(
                connections, bySource: isOfSources || query.To.Count == 0, byDestination: !isOfSources, cancellation);
        if (lines == 0)
            terminal.Tell("No connection is allowed" + (query.IncludeDenied ? "." : "; --denied lists what is blocked."));
    }

    private static int Summarise(
        CommandInput input, AskedNamespace ns, SummaryQuestion question, OutputFormat format, Terminal terminal, CancellationToken cancellation)
    {
        var cluster = ManifestInput.Read(input, ns, terminal, cancellation);
        terminal.Say("Evaluating");
        var answer = question.Ask(cluster, CommandLineWords.Default, cancellation);
        var diagnostics = answer.AllDiagnostics();
        terminal.Tell(diagnostics);
        if (answer.IsWhole || format == OutputFormat.Json)
        {
            using var output = terminal.OpenOutput();
            var summaries = answer.IsWhole ? answer.Value! : [];
            if (format == OutputFormat.Json)
                new SummaryJsonWriter(output).Write(summaries, diagnostics, cluster.Snapshot.NotEvaluated);
            else if (format == OutputFormat.Csv)
                new SummaryCsvWriter(output).Write(summaries);
            else
                new SummaryTableWriter(output).Write(summaries);
        }

        return Answering.ExitCodeOf(answer.Status);
    }

    private static void Print(
        IEnumerable<Connection> connections,
        IReadOnlyList<Diagnostic> diagnostics,
        IReadOnlyList<NotEvaluatedKind> notEvaluated,
        OutputFormat format,
        bool withVerdict,
        Func<Connection, Explanation>? explain,
        Terminal terminal,
        CancellationToken cancellation)
    {
        using var output = terminal.OpenOutput();
        switch (format)
        {
            case OutputFormat.Json:
                new ConnectionJsonWriter(output, explain).Write(connections, diagnostics, notEvaluated);
                break;
            case OutputFormat.Csv:
                new ConnectionCsvWriter(output).Write(connections);
                break;
            default:
                if (new ConnectionTableWriter(output, explain).Write(connections, withVerdict, cancellation) == 0)
                    terminal.Tell("No connection is allowed" + (withVerdict ? "." : "; --denied lists what is blocked."));
                break;
        }
    }
}
