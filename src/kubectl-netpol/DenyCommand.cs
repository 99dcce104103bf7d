using System.CommandLine;
using NetPolTools.Asking;
using NetPolTools.Authoring.Denying;
using NetPolTools.Dialects;
using NetPolTools.Difference;
using NetPolTools.Objects;
using NetPolTools.Reports;
using NetPolTools.Yaml;

namespace NetPolTools.Kubectl;

/// <summary><c>kubectl netpol deny NAMESPACE…</c>: writes the policies that close namespaces, with the exceptions that people need.</summary>
internal static class DenyCommand
{
    public static Command Create(Terminal terminal)
    {
        var namespaces = new Argument<string[]>("NAMESPACE")
        {
            Description = "The namespaces to close: names, or wildcards over those of the input, which never pick system namespaces. Without it, every "
                + "namespace of the "
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
        var evaluation = new EvaluationOptions(
            "it is the one to close, as NAMESPACE",
            withBy: false,
            aboutStaged: "With --simulate, as if Calico's staged policies were in effect, before and after.");
        var source = new ClusterOptions("Read the cluster as it is now, instead of --filename.");
        var simulate = new Option<bool>("--simulate") { Description = "Print what the policies would open and close in the input, instead of the policies." };
        var version = new VersionOption();
        var files = new FileOptions();
        var deny = new DenyOptions();

        var command = new Command(
            "deny",
            "Write the policies that close namespaces, with exceptions for DNS and others, as YAML for kubectl apply. Exit codes: 0 written, "
                + "1 written although some input was bad, 2 something asked for could not be written; with --simulate also 4 when it makes a difference.")
        {
            namespaces, input, simulate,
        };
        evaluation.AddTo(command);
        files.AddTo(command);
        source.AddTo(command);
        version.AddTo(command);
        deny.AddTo(command);
        command.Validators.Add(result =>
        {
            var hasFiles = result.GetValue(input) is { Length: > 0 };
            if (hasFiles && source.IsGiven(result))
                result.AddError("The cluster is a --filename or a --context, not both.");
            if (files.IsGiven(result) && !hasFiles)
                result.AddError("--include and --exclude choose among the files of --filename, and none is given.");
            if (evaluation.IsNamespaceGiven(result) && result.GetResult(namespaces) is { Tokens.Count: > 0 })
                result.AddError("The namespaces to close are each a NAMESPACE, or one --namespace, not both.");
            if (!result.GetValue(simulate) && evaluation.AreAssumptionsGiven(result))
                result.AddError("--staged, --cilium-setting and --ipblock-ignores-pods are about what --simulate prints; the policies do not depend on them.");
            if (result.GetValue(simulate) && !hasFiles && !source.IsGiven(result))
                result.AddError("--simulate needs the cluster: --filename or --context.");
        });
        command.SetAction((result, cancellation) => Answering.Run(terminal, () => Answer(
            result.GetValue(namespaces)!,
            evaluation.Namespace(result),
            new CommandInput(result.GetValue(input)!, source.Cluster(result), version.Version(result)) { Files = files.Filter(result) },
            deny.Options(result),
            result.GetValue(simulate) ? evaluation.Assumptions(result) : null,
            terminal,
            cancellation)));
        return command;
    }

    private static int Answer(
        string[] patterns,
        AskedNamespace ns,
        CommandInput input,
        DefaultDenyOptions options,
        Assumptions? simulated,
        Terminal terminal,
        CancellationToken cancellation)
    {
        if (options.WithoutEffect().FirstOrDefault() is { } nothing)
        {
            terminal.Tell($"error: {nothing}");
            return ExitCode.NotAnswered;
        }

        // Exceptions made without the cluster that was asked for would be guesses.
        if (!ManifestInput.TryRead(input, ns, terminal, cancellation, out var cluster))
        {
            terminal.Tell(cluster.Snapshot.Diagnostics);
            return ExitCode.NotAnswered;
        }

        if (simulated is not null)
            terminal.Say("Evaluating");
        var question = new DenyQuestion(options)
        {
            Patterns = [.. patterns, .. ns.Only],
            Simulate = simulated is not null,
            Assumptions = simulated ?? Assumptions.None,
        };
        var answer = question.Ask(cluster, CommandLineWords.Default, cancellation);
        if (simulated is not null)
            terminal.TellSettings(cluster, simulated);
        terminal.Tell(answer.AllDiagnostics());
        if (answer.Value is not { } made)
            return ExitCode.NotAnswered;

        using var output = terminal.OpenOutput();
        if (made.Difference is { } difference)
            return Answering.ExitCodeOf(answer.Status, Write(difference, output, terminal, cancellation) ? ExitCode.Differs : ExitCode.Answered);
        Write(made.Policies, output);
        return Answering.ExitCodeOf(answer.Status);
    }

    private static void Write(IReadOnlyList<KubernetesObject> policies, TextWriter output)
    {
        foreach (var policy in policies)
        {
            output.Write(YamlManifestWriter.Write(PolicyManifests.Of(policy)!));
            output.Write('\n');
        }
    }

    /// <returns>Whether there is any.</returns>
    private static bool Write(ReachabilityDifference difference, TextWriter output, Terminal terminal, CancellationToken cancellation)
    {
        var lines = new DifferenceTableWriter(output).Write([], difference.List(cancellation), cancellation);
        if (lines == 0)
            terminal.Tell("No difference in who can reach whom.");
        return lines > 0;
    }
}
