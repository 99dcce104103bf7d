using NetPolTools.Asking;
using NetPolTools.Difference;
using NetPolTools.Live;
using NetPolTools.Reports;
using NetPolTools.Snapshot;

namespace NetPolTools.Kubectl;

/// <summary><c>kubectl netpol reach --context CONTEXT --watch</c>: prints what changes in who can reach whom while it changes.</summary>
internal static class ReachWatch
{
    /// <summary>Ends with the cluster no longer to be read, or with an <see cref="OperationCanceledException"/>.</summary>
    public static int Run(
        ClusterInput cluster,
        ReachQuestion question,
        OutputFormat format,
        Terminal terminal,
        CancellationToken cancellation)
    {
        using var output = terminal.OpenOutput();
        var states = new SuccessiveStates(question, CommandLineWords.Default);
        var watch = new ClusterWatch(cluster.Reading(question.Query.Namespaces, terminal.Kubectl));
        foreach (var state in watch.States(terminal.Tell, terminal.Say, cancellation))
        {
            if (states.Next(state, terminal.Tell, cancellation) is { } difference)
            {
                terminal.Clear();
                Print(difference, state.NotEvaluated, output, format, terminal.Time, cancellation);
            }
            else if (states.IsRefused)
            {
                break;
            }
            else
            {
                terminal.Tell($"Watching {cluster.Connection.Name}; Ctrl+C ends it.");
                if (format == OutputFormat.Csv)
                    new DifferenceCsvWriter(output).WriteHeader();
            }

            output.Flush();
        }

        return ExitCode.NotAnswered;
    }

    private static void Print(
        ReachabilityDifference difference,
        IReadOnlyList<NotEvaluatedKind> notEvaluated,
        TextWriter output,
        OutputFormat format,
        TimeProvider time,
        CancellationToken cancellation)
    {
        var changes = difference.List(cancellation).ToArray();
        if (changes.Length + difference.Ends.Count == 0)
            return;
        switch (format)
        {
            case OutputFormat.Json:
                new DifferenceJsonWriter(output).Write(difference.Ends, difference.Policies, changes, [], notEvaluated);
                break;
            case OutputFormat.Csv:
                new DifferenceCsvWriter(output).Write(difference.Ends, changes);
                break;
            default:
                output.WriteLine($"{time.GetLocalNow():yyyy-MM-dd HH:mm:ss zzz}");
                new DifferenceTableWriter(output).Write(difference.Ends, changes, cancellation);
                break;
        }
    }
}
