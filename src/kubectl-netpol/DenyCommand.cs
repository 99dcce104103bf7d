using System.CommandLine;
using NetPolTools.Asking;
using NetPolTools.Authoring.Denying;
using NetPolTools.Diagnostics;
using NetPolTools.Difference;
using NetPolTools.Listing;
using NetPolTools.Objects;
using NetPolTools.Reachability;
using NetPolTools.Reports;
using NetPolTools.Snapshot;
using NetPolTools.Writing;
using NetPolTools.Yaml;

namespace NetPolTools.Kubectl;

/// <summary><c>kubectl netpol deny NAMESPACE…</c>: writes the policies that close namespaces, with the exceptions that people need.</summary>
internal static class DenyCommand
{
    public static Command Create(Terminal terminal)
    {
        var namespaces = new Argument<string[]>("NAMESPACE")
        {
            Description = "The namespaces to close: names, or wildcards over those of the input, which never pick system namespaces. Without it, every namespace of the "
                + "input but system namespaces.",
            Arity = ArgumentArity.ZeroOrMore,
        };
        namespaces.Validators.Add(ManifestInput.RefuseUnknownOptions);
        var input = new Option<string[]>("--filename", "-f")
        {
            Description = $"The cluster, to read where its DNS, API server, ingress controllers and Prometheus are. {ManifestInput.PathDescription}",
            DefaultValueFactory = static _ => [],
            HelpName = "path",
        };
        var ns = new NamespaceOption("it is the one to close, as NAMESPACE");
        var source = new ClusterOptions("Read the cluster as it is now, instead of --filename.");
        var simulate = new Option<bool>("--simulate") { Description = "Print what the policies would open and close in the input, instead of the policies." };
        var version = new VersionOption();
        var deny = new DenyOptions();

        var command = new Command(
            "deny",
            "Write the NetworkPolicies that close namespaces, with exceptions for DNS and others, as YAML for kubectl apply. Exit codes: 0 written, "
                + "1 written although some input was bad, 2 something asked for could not be written; with --simulate also 4 when it makes a difference.")
        {
            namespaces, input, simulate,
        };
        ns.AddTo(command);
        source.AddTo(command);
        version.AddTo(command);
        deny.AddTo(command);
        command.Validators.Add(result =>
        {
            var hasFiles = result.GetValue(input) is { Length: > 0 };
            if (hasFiles && source.IsGiven(result))
                result.AddError("The cluster is a --filename or a --context, not both.");
            if (ns.IsGiven(result) && result.GetResult(namespaces) is { Tokens.Count: > 0 })
                result.AddError("The namespaces to close are each a NAMESPACE, or one --namespace, not both.");
            if (result.GetValue(simulate) && !hasFiles && !source.IsGiven(result))
                result.AddError("--simulate needs the cluster: --filename or --context.");
        });
        command.SetAction((result, cancellation) => Answering.Run(terminal, () => Answer(
            result.GetValue(namespaces)!,
            ns.Of(result),
            new CommandInput(result.GetValue(input)!, source.Cluster(result), version.Version(result)),
            deny.Options(result),
            result.GetValue(simulate),
            terminal,
            cancellation)));
        return command;
    }

    private static int Answer(
        string[] patterns,
        AskedNamespace ns,
        CommandInput input,
        DefaultDenyOptions options,
        bool simulate,
        Terminal terminal,
        CancellationToken cancellation)
    {
        var isRead = ManifestInput.TryCollect(input, ns, terminal, cancellation, out var cluster);
        terminal.Tell(cluster.Diagnostics);

        // Exceptions made without the cluster that was asked for would be guesses.
        if (!isRead)
            return ExitCode.NotAnswered;
        if (simulate && !cluster.HoldsPods)
        {
            terminal.Tell(new Diagnostic(DiagnosticId.NoInput, DiagnosticSeverity.Error, QuestionWords.Plain.NoInput(QuestionPart.Simulation, cluster)));
            return ExitCode.NotAnswered;
        }

        var namespaces = DenyNamespaces.Pick([.. patterns, .. ns.Only], [], cluster, out var unknown);
        var recipe = new DefaultDeny(options, cluster);
        var policies = namespaces.SelectMany(recipe.For).ToArray();
        terminal.Tell([.. unknown, .. recipe.Problems]);

        var failed = policies.Length == 0 || unknown.Concat(recipe.Problems).Any(static problem => problem.Severity == DiagnosticSeverity.Error);
        var differs = false;
        if (policies.Length > 0)
        {
            using var output = terminal.OpenOutput();
            if (simulate)
                differs = WriteDifference(cluster, policies, output, terminal, cancellation);
            else
                WritePolicies(policies, output);
        }

        return failed ? ExitCode.NotAnswered : Answering.ExitCodeOf(cluster.Diagnostics, differs ? ExitCode.Differs : ExitCode.Answered);
    }

    private static void WritePolicies(NetworkPolicy[] policies, TextWriter output)
    {
        foreach (var policy in policies)
        {
            output.Write(YamlManifestWriter.Write(NetworkPolicyManifest.Of(policy)));
            output.Write('\n');
        }
    }

    private static bool WriteDifference(ClusterSnapshot cluster, NetworkPolicy[] policies, TextWriter output, Terminal terminal, CancellationToken cancellation)
    {
        var found = new ReachabilityDifference(Side(cluster), Side(cluster.With(policies)), new ConnectionQuery());
        var lines = new DifferenceTableWriter(output).Write([], found.List(cancellation), cancellation);
        if (lines == 0)
            terminal.Tell("No difference in who can reach whom.");
        return lines > 0;

        DifferenceSide Side(ClusterSnapshot snapshot) => new(snapshot, ReachabilityMap.Compile(snapshot, new ReachabilityOptions(), cancellation));
    }
}
