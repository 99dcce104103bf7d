using NetPolTools.Asking;
using NetPolTools.Diagnostics;
using NetPolTools.Difference;
using NetPolTools.Live;
using NetPolTools.Reports;

namespace NetPolTools.Kubectl;

/// <summary><c>kubectl netpol reach --context CONTEXT --watch</c>: prints what changes in who can reach whom while it changes.</summary>
internal static class ReachWatch
{
    /// <summary>Ends with the cluster no longer to be read, or with an <see cref="OperationCanceledException"/>.</summary>
    public static int Run(
        ClusterInput cluster,
        ReachQuestion question,
        OutputFormat format,
        TerminalProgress progress,
        CancellationToken cancellation)
    {
        using var output = StandardOutput.Open();
        var states = new SuccessiveStates(question);
        foreach (var state in new ClusterWatch(cluster.Reading(question.Query.Namespaces)).States(Tell, progress.Say, cancellation))
        {
            if (states.Next(state, Tell, cancellation) is { } difference)
            {
                Print(difference, output, format, cancellation);
            }
            else
            {
                progress.Clear();
                Console.Error.WriteLine($"Watching {cluster.Connection.Name}; Ctrl+C ends it.");
                if (format == OutputFormat.Csv)
                    new DifferenceCsvWriter(output).WriteHeader();
            }

            output.Flush();
        }

        return ExitCode.NotAnswered;

        void Tell(Diagnostic diagnostic)
        {
            progress.Clear();
            Console.Error.WriteLine(diagnostic);
        }
    }

    private static void Print(ReachabilityDifference difference, TextWriter output, OutputFormat format, CancellationToken cancellation)
    {
        var changes = difference.List(cancellation).ToArray();
        if (changes.Length + difference.Ends.Count == 0)
            return;
        switch (format)
        {
            case OutputFormat.Json:
                new DifferenceJsonWriter(output).Write(difference.Ends, difference.Policies, changes, []);
                break;
            case OutputFormat.Csv:
                new DifferenceCsvWriter(output).Write(difference.Ends, changes);
                break;
            default:
                output.WriteLine($"{DateTimeOffset.Now:yyyy-MM-dd HH:mm:ss zzz}");
                new DifferenceTableWriter(output).Write(difference.Ends, changes, cancellation);
                break;
        }
    }
}
