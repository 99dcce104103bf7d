using System.CommandLine;
using System.CommandLine.Parsing;
using NetPolTools.Listing;
using NetPolTools.Reachability;
using NetPolTools.Reading;
using NetPolTools.Reports;
using NetPolTools.Sets;

namespace NetPolTools.Kubectl;

/// <summary><c>kubectl netpol reach PATH…</c>: lists the connections that the policies of the input allow.</summary>
internal static class ReachCommand
{
    public static Command Create()
    {
        var paths = new Argument<string[]>("PATH")
        {
            Description = "Manifests, YAML or JSON: files, folders (with everything below), wildcards, or - for standard input.",
            Arity = ArgumentArity.OneOrMore,
        };
        paths.Validators.Add(RefuseUnknownOptions);
        var output = new Option<OutputFormat>("--output", "-o") { Description = "How to print the connections.", DefaultValueFactory = _ => OutputFormat.Table };
        var from = new Option<EndpointPattern[]>("--from")
        {
            Description = "Only these sources: name, namespace/name or kind/name with wildcards, a label selector such as app=web, an IP address or a CIDR block; "
                + "ingress-controller for one that is not in the input.",
            CustomParser = static result => ParseAll(result, EndpointPattern.ParseSource),
            DefaultValueFactory = static _ => [],
            HelpName = "pattern",
        };
        var to = new Option<EndpointPattern[]>("--to")
        {
            Description = "Only these destinations; as --from, or a Service as svc/name or namespace/svc/name: the pods behind it, on its target ports.",
            CustomParser = static result => ParseAll(result, EndpointPattern.Parse),
            DefaultValueFactory = static _ => [],
            HelpName = "pattern",
        };
        var port = new Option<(int First, int Last)[]>("--port")
        {
            Description = "Only connections on this port of the destination pod, 1-65535, or on a range such as 8000-8100.",
            CustomParser = static result => ParseAll(result, ConnectionQuery.ParsePortRange),
            DefaultValueFactory = static _ => [],
            HelpName = "port",
        };
        var protocol = new Option<Protocol[]>("--protocol")
        {
            Description = "Only connections over this protocol: TCP, UDP or SCTP.",
            CustomParser = static result => ParseAll(result, ParseProtocol),
            DefaultValueFactory = static _ => [],
            HelpName = "protocol",
        };
        var ns = new Option<string>("--namespace", "-n")
        {
            Description = "The namespace of objects that name none.",
            DefaultValueFactory = _ => "default",
        };
        var by = new Option<GroupBy>("--by") { Description = "What a line stands for.", DefaultValueFactory = _ => GroupBy.Workload };
        var denied = new Option<bool>("--denied") { Description = "List what is blocked too." };
        var ipBlockIgnoresPods = new Option<bool>("--ipblock-ignores-pods")
        {
            Description = "An ipBlock does not match pods inside it, as with Cilium's defaults; most other plugins let it.",
        };

        var command = new Command("reach", "List who can reach whom, on which ports.")
        {
            paths, output, from, to, port, protocol, ns, by, denied, ipBlockIgnoresPods,
        };
        command.SetAction((result, cancellation) => Task.FromResult(Run(
            result.GetValue(paths)!,
            result.GetValue(ns)!,
            new ConnectionQuery
            {
                By = result.GetValue(by),
                From = result.GetValue(from)!,
                To = result.GetValue(to)!,
                Ports = ConnectionQuery.PortsOf(result.GetValue(protocol)!, result.GetValue(port)!),
                IncludeDenied = result.GetValue(denied),
            },
            new ReachabilityOptions { IPBlockMatchesPods = !result.GetValue(ipBlockIgnoresPods) },
            result.GetValue(output),
            cancellation)));
        return command;
    }

    private static int Run(
        string[] paths, string ns, ConnectionQuery query, ReachabilityOptions options, OutputFormat format, CancellationToken cancellation)
    {
        try
        {
            using var progress = new TerminalProgress();
            var snapshot = ManifestInput.Read(paths, ns, progress, cancellation);
            progress.Say("Evaluating");
            var map = ReachabilityMap.Compile(snapshot, options, cancellation);
            var lister = new ConnectionLister(map, query);
            var unmatched = lister.FromWithoutMatch.Select(static pattern => NoMatch("--from", pattern))
                .Concat(lister.ToWithoutMatch.Select(static pattern => NoMatch("--to", pattern)))
                .ToArray();
            Diagnostic[] diagnostics = [.. snapshot.Diagnostics, .. unmatched, .. lister.Diagnostics];
            progress.Clear();
            foreach (var diagnostic in diagnostics)
                Console.Error.WriteLine(diagnostic);

            var answered = ManifestInput.HoldsAnything(snapshot)
                && !unmatched.Concat(lister.Diagnostics).Any(static d => d.Severity == DiagnosticSeverity.Error);
            if (answered || format == OutputFormat.Json)
                Print(answered ? lister.List(cancellation) : [], diagnostics, format, query.IncludeDenied, cancellation);
            if (!answered)
                return ExitCode.NotAnswered;
            return diagnostics.Any(static d => d.Severity == DiagnosticSeverity.Error) ? ExitCode.AnsweredWithBadInput : ExitCode.Answered;
        }
        catch (OperationCanceledException)
        {
            return ExitCode.Cancelled;
        }
        catch (IOException e) when (StandardOutput.IsClosedByReader(e))
        {
            // As with "| head": the reader has what it wanted.
            return ExitCode.Answered;
        }
    }

    private static Diagnostic NoMatch(string option, EndpointPattern pattern) => new(
        DiagnosticId.NoMatch,
        DiagnosticSeverity.Error,
        $"{option} {pattern} matches nothing in the input; expected a workload or pod as name, namespace/name or kind/name, a label selector, an IP address or a CIDR block; "
            + "as a destination, also a Service as svc/name or namespace/svc/name.");

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

    /// <summary>A misspelt option would otherwise be one more path, and its filter missing from the answer.</summary>
    private static void RefuseUnknownOptions(ArgumentResult result)
    {
        foreach (var token in result.Tokens.Where(static token => token.Value.Length > 1 && token.Value[0] == '-'))
            result.AddError($"There is no option '{token.Value}'; --help lists them. For a path that begins with a dash, write ./{token.Value}.");
    }

    private static T[] ParseAll<T>(ArgumentResult result, Func<string, T> parse)
    {
        try
        {
            return [.. result.Tokens.Select(token => parse(token.Value))];
        }
        catch (FormatException e)
        {
            result.AddError(e.Message);
            return [];
        }
    }

    private static Protocol ParseProtocol(string text) =>
        Enum.GetNames<Protocol>().FirstOrDefault(name => name.Equals(text, StringComparison.OrdinalIgnoreCase)) is { } known
            ? Enum.Parse<Protocol>(known)
            : throw new FormatException($"'{text}' is not a protocol; expected TCP, UDP or SCTP.");
}
