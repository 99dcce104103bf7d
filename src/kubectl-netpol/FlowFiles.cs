using System.CommandLine;
using NetPolTools.Asking;
using NetPolTools.Authoring.Flows;
using NetPolTools.Diagnostics;
using NetPolTools.Reading;
using NetPolTools.SeenTraffic;
using NetPolTools.Text;

namespace NetPolTools.Kubectl;

/// <summary>Files of flow records, read line by line.</summary>
internal static class FlowFiles
{
    private const string StandardInput = "-";

    /// <param name="purpose">What they are for, the beginning of a sentence.</param>
    /// <param name="isRequired">Whether there is no question without them.</param>
    public static Option<string[]> NewOption(string purpose, bool isRequired) => new("--flows")
    {
        Description = $"{purpose}: a file of flow records of Hubble or Calico as JSON, a record in each line, or of our own connections; - for standard input. "
            + "May be given several times.",
        HelpName = "file",
        Required = isRequired,
        Arity = ArgumentArity.OneOrMore,
        AllowMultipleArgumentsPerToken = false,
    };

    /// <summary>What was seen where files are named; null where none is, and seen traffic is not asked about.</summary>
    /// <inheritdoc cref="Read"/>
    public static (IReadOnlyList<SeenFlow>? Flows, bool LacksRecords) ReadIfAny(
        IReadOnlyList<string>? paths, ClusterEvaluator cluster, AskedNamespace ns, Terminal terminal, CancellationToken cancellation) =>
        paths is { Count: > 0 } ? Read(paths, cluster, ns, terminal, cancellation) : (null, false);

    /// <summary>What was seen. What is wrong with a record, or with a file, is told at once.</summary>
    /// <param name="paths">Files, or - for standard input.</param>
    /// <param name="cluster">That the flows are of.</param>
    /// <param name="ns">The namespace asked about.</param>
    /// <param name="terminal">Told what is wrong.</param>
    /// <param name="cancellation">Ends the reading.</param>
    public static (IReadOnlyList<SeenFlow> Flows, bool LacksRecords) Read(
        IReadOnlyList<string> paths, ClusterEvaluator cluster, AskedNamespace ns, Terminal terminal, CancellationToken cancellation)
    {
        var lacksRecords = false;

        // Where the cluster could not be read, every end of a flow would be one that it does not hold.
        if (!cluster.Snapshot.HoldsPods)
            return ([], false);
        var reader = new TrafficReader(cluster.Ends, Tell, ns.OfObjects, keepsDenied: true);
        foreach (var path in paths)
        {
            terminal.Say($"Reading {path}");
            try
            {
                using var lines = path == StandardInput ? new StreamReader(terminal.OpenInput()) : new StreamReader(path);
                var text = new TrafficText(reader, path == StandardInput ? ManifestReader.StandardInputName : path);
                while (lines.ReadLine() is { } line)
                    text.AddLine(line, cancellation);
                text.Finish(cancellation);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                Tell(new Diagnostic(DiagnosticId.UnreadableFile, DiagnosticSeverity.Error, "Could not read the file: " + e.Message)
                {
                    Location = new SourceLocation(path, 0, 0),
                });
            }
        }

        SeenFlow[] flows =
        [
            .. reader.Finish().Select(static traffic => new SeenFlow(traffic, false)),
            .. reader.Denied().Select(static traffic => new SeenFlow(traffic, true)),
        ];
        return (flows, lacksRecords);

        void Tell(Diagnostic diagnostic)
        {
            lacksRecords |= diagnostic.Severity == DiagnosticSeverity.Error;
            terminal.Tell(diagnostic);
        }
    }
}
