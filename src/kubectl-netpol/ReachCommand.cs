using System.CommandLine;
using NetPolTools.Listing;
using NetPolTools.Reachability;
using NetPolTools.Reading;
using NetPolTools.Reports;

namespace NetPolTools.Kubectl;

/// <summary><c>kubectl netpol reach PATH…</c>: lists the connections that the policies of the input allow.</summary>
internal static class ReachCommand
{
    public static Command Create()
    {
        var paths = ManifestInput.PathsArgument();
        var output = new Option<OutputFormat>("--output", "-o") { Description = "How to print the connections.", DefaultValueFactory = _ => OutputFormat.Table };
        var connections = new ConnectionOptions();
        var evaluation = new EvaluationOptions();
        var denied = new Option<bool>("--denied") { Description = "List what is blocked too." };

        var command = new Command("reach", "List who can reach whom, on which ports.") { paths, output };
        connections.AddTo(command);
        evaluation.AddTo(command);
        command.Add(denied);
        command.SetAction((result, cancellation) => Answering.Run(progress => Answer(
            result.GetValue(paths)!,
            evaluation.DefaultNamespace(result),
            connections.Query(result, evaluation.By(result)) with { IncludeDenied = result.GetValue(denied) },
            evaluation.Reachability(result),
            result.GetValue(output),
            progress,
            cancellation)));
        return command;
    }

    private static int Answer(
        string[] paths,
        string ns,
        ConnectionQuery query,
        ReachabilityOptions options,
        OutputFormat format,
        TerminalProgress progress,
        CancellationToken cancellation)
    {
        var snapshot = ManifestInput.Read(paths, ns, progress, cancellation);
        progress.Say("Evaluating");
        var map = ReachabilityMap.Compile(snapshot, options, cancellation);
        var lister = new ConnectionLister(map, query);
        var unmatched = ConnectionOptions.NoMatches(lister.FromWithoutMatch, lister.ToWithoutMatch);
        Diagnostic[] diagnostics = [.. snapshot.Diagnostics, .. unmatched];
        progress.Clear();
        Answering.Tell(diagnostics);

        var answered = unmatched.Length == 0 && ManifestInput.HoldsAnything(snapshot);
        if (answered || format == OutputFormat.Json)
            Print(answered ? lister.List(cancellation) : [], diagnostics, format, query.IncludeDenied, cancellation);
        return answered ? Answering.ExitCodeOf(diagnostics) : ExitCode.NotAnswered;
    }

    private static void Print(
        IEnumerable<Connection> connections, Diagnostic[] diagnostics, OutputFormat format, bool withVerdict, CancellationToken cancellation)
    {
        using var output = StandardOutput.Open();
        switch (format)
        {
            case OutputFormat.Json:
                new ConnectionJsonWriter(output).Write(connections, diagnostics);
                break;
            case OutputFormat.Csv:
                new ConnectionCsvWriter(output).Write(connections);
                break;
            default:
                if (new ConnectionTableWriter(output).Write(connections, withVerdict, cancellation) == 0)
                    Console.Error.WriteLine("No connection is allowed" + (withVerdict ? "." : "; --denied lists what is blocked."));
                break;
        }
    }
}
