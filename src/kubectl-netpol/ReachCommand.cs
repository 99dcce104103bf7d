using System.CommandLine;
using NetPolTools.Asking;
using NetPolTools.Cni;
using NetPolTools.Diagnostics;
using NetPolTools.Explaining;
using NetPolTools.Listing;
using NetPolTools.Reachability;
using NetPolTools.Reports;
using NetPolTools.Snapshot;

namespace NetPolTools.Kubectl;

/// <summary><c>kubectl netpol reach PATH…</c>: lists the connections that the policies of the input allow.</summary>
internal static class ReachCommand
{
    public static Command Create(Terminal terminal)
    {
        var input = new InputOptions();
        var output = new Option<OutputFormat>("--output", "-o") { Description = "How to print the connections.", DefaultValueFactory = _ => OutputFormat.Table };
        var connections = new ConnectionOptions();
        var evaluation = new EvaluationOptions(ConnectionOptions.AboutNamespace, withCni: true);
        var denied = new Option<bool>("--denied") { Description = "List what is blocked too." };
        var noNodes = new Option<bool>("--exclude-node-traffic")
        {
            Description = "Leave out what is only between pods and the nodes they run on; a node always reaches its pods, whatever policies say.",
        };
        var explain = new Option<bool>("--explain")
        {
            Description = "Tell the reasons of each line: which rules of which policies allow it, or what the nearest rules lack. Together with --denied, also why something is blocked.",
        };
        var watch = new Option<bool>("--watch", "-w")
        {
            Description = "Follow the cluster of --context until interrupted, and print what changes in the answer, as diff does: opened, closed and changed connections.",
        };

        var command = new Command("reach", "List who can reach whom, on which ports.") { output };
        input.AddTo(command);
        connections.AddTo(command);
        evaluation.AddTo(command);
        command.Add(denied);
        command.Add(noNodes);
        command.Add(explain);
        command.Add(watch);
        command.Validators.Add(result =>
        {
            if (result.GetValue(explain) && evaluation.IsByNamespace(result))
                result.AddError("--explain tells of workloads or pods; policies select no namespace as a whole.");
            if (result.GetValue(explain) && result.GetValue(output) == OutputFormat.Csv)
                result.AddError("--explain has no place in CSV; take -o table or -o json.");
            if (result.GetValue(watch) && !input.IsCluster(result))
                result.AddError("--watch follows a cluster: it needs --context.");
            if (result.GetValue(watch) && (result.GetValue(denied) || result.GetValue(explain)))
                result.AddError("--watch prints changes of what is allowed; --denied and --explain have no place there.");
        });
        command.SetAction((result, cancellation) => Answering.Run(terminal, () =>
        {
            var query = connections.Query(result, evaluation.By(result)) with
            {
                IncludeDenied = result.GetValue(denied),
                ExcludeNodeTraffic = result.GetValue(noNodes),
                Namespaces = evaluation.Namespace(result).Only,
            };
            return result.GetValue(watch)
                ? ReachWatch.Run(
                    input.Input(result).Cluster!,
                    new ReachQuestion(query) { Assumptions = evaluation.Assumptions(result) },
                    result.GetValue(output),
                    terminal,
                    cancellation)
                : Answer(
                    input.Input(result),
                    evaluation.Namespace(result),
                    query,
                    evaluation.OnPlugin(result),
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
        ConnectionQuery query,
        Func<ClusterSnapshot, CniEvaluation> evaluate,
        OutputFormat format,
        bool explain,
        Terminal terminal,
        CancellationToken cancellation)
    {
        var snapshot = ManifestInput.Read(input, ns, terminal, cancellation);
        terminal.Say("Evaluating");
        var evaluation = evaluate(snapshot);
        var map = ReachabilityMap.Compile(snapshot, evaluation.Options, cancellation);
        var lister = new ConnectionLister(map, query);
        var noMatches = ConnectionOptions.NoMatches(lister.FromWithoutMatch, lister.ToWithoutMatch);
        Diagnostic[] ofQuestion = snapshot.HoldsPods ? [.. evaluation.Diagnostics, .. ns.NotIn(snapshot), .. ConnectionOptions.PortNames(query), .. noMatches, .. lister.Diagnostics] : [];
        Diagnostic[] diagnostics = [.. snapshot.Diagnostics, .. ofQuestion];
        terminal.Tell(diagnostics);

        var answered = snapshot.HoldsPods && !ofQuestion.Any(static d => d.Severity == DiagnosticSeverity.Error);
        if (answered || format == OutputFormat.Json)
            Print(answered ? lister.List(cancellation) : [], diagnostics, snapshot.NotEvaluated, format, query.IncludeDenied, explain ? Explain(map) : null, terminal, cancellation);
        return answered ? Answering.ExitCodeOf(diagnostics) : ExitCode.NotAnswered;
    }

    private static Func<Connection, Explanation> Explain(ReachabilityMap map)
    {
        var explainer = new Explainer(map);
        return connection => explainer.Explain(connection.Example.Source, connection.Example.Destination, connection.AskedPorts);
    }

    private static void Print(
        IEnumerable<Connection> connections,
        Diagnostic[] diagnostics,
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
