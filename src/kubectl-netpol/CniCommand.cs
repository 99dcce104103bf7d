using System.CommandLine;
using NetPolTools.Asking;
using NetPolTools.Cni;
using NetPolTools.Cni.Catalogue;
using NetPolTools.Dialects.Cilium;
using NetPolTools.Reports;
using NetPolTools.Text;

namespace NetPolTools.Kubectl;

/// <summary><c>kubectl netpol cni PATH…</c>: whether the cluster of the input enforces policies at all, by which plugin, on what evidence.</summary>
internal static class CniCommand
{
    public static Command Create(Terminal terminal)
    {
        var input = new InputOptions();
        var output = new Option<CniFormat>("--output", "-o") { Description = "How to print.", DefaultValueFactory = _ => CniFormat.Table };
        var plugin = PluginOption.Create(
            "--plugin", "Do not look for plugins in the input: take this one of the catalogue, such as flannel or cilium@1.15.", LookUp);
        var list = new Option<bool>("--list") { Description = "List the catalogue: which plugins enforce policies." };
        var feature = new Option<PolicyFeature[]>("--feature")
        {
            Description = "Let the exit code tell whether these features work too.",
            DefaultValueFactory = _ => [],
        };
        var staged = EvaluationOptions.Staged("Look at Calico's staged policies as if they were in effect.");
        var cilium = EvaluationOptions.CiliumSetting();
        var ns = new NamespaceOption("of policies only its own are told of");

        var command = new Command(
            "cni",
            "Tell whether the cluster enforces NetworkPolicies at all, by which plugin, on what evidence, and what of the input's policies does not work "
                + "there. Give it nodes, daemonsets, deployments, pods and configmaps of all namespaces, clusterroles and customresourcedefinitions. "
                + "Exit codes: 0 enforced, 3 not enforced or not on all nodes, 2 not known, 1 answered although some input was bad.")
        {
            output, plugin, list, feature, staged, cilium,
        };
        ns.AddTo(command);
        input.AddTo(command, result => !result.GetValue(list) && result.GetResult(plugin) is null, ", --plugin or --list");
        command.SetAction((result, cancellation) => Answering.Run(terminal, () => result.GetValue(list)
            ? List(result.GetValue(output), terminal)
            : Answer(
                input.Input(result),
                ns.Of(result),
                new CniQuestion
                {
                    Named = result.GetValue(plugin),
                    IncludesStaged = result.GetValue(staged),
                    Cilium = result.GetValue(cilium) ?? GivenCiliumSettings.None,
                },
                result.GetValue(feature)!,
                result.GetValue(output),
                terminal,
                cancellation)));
        return command;
    }

    private static CniVerdict LookUp(string text)
    {
        var (entry, version) = PluginCatalogue.Default.Parse(text);
        return CniJudge.LookUp(entry, version);
    }

    private static int List(CniFormat format, Terminal terminal)
    {
        using var output = terminal.OpenOutput();
        if (format == CniFormat.Json)
            new CniJsonWriter(output).Write(PluginCatalogue.Default.Entries);
        else
            new CniTextWriter(output).Write(PluginCatalogue.Default.Entries);
        return ExitCode.Answered;
    }

    private static int Answer(
        CommandInput input,
        AskedNamespace ns,
        CniQuestion question,
        PolicyFeature[] features,
        CniFormat format,
        Terminal terminal,
        CancellationToken cancellation)
    {
        // Without an input there are no policies to choose from.
        question = question with { Namespaces = input.IsNone ? [] : ns.Only };
        var answer = question.Ask(ManifestInput.Read(input, ns, terminal, cancellation), CommandLineWords.Default);
        var diagnostics = answer.AllDiagnostics();
        terminal.Tell(diagnostics);
        if (format == CniFormat.Json)
        {
            using var output = terminal.OpenOutput();
            new CniJsonWriter(output).Write(answer.Value?.Verdict, answer.Value?.Limited ?? [], diagnostics);
        }
        else if (answer.Value is { } findings)
        {
            using var output = terminal.OpenOutput();
            Print(output, findings, features);
        }

        return answer.Value?.Enforces(features) switch
        {
            null or Truth.Unknown => ExitCode.NotAnswered,

            // A filter for policies makes the answer about the plugin no less an answer.
            _ when answer.Status == AnswerStatus.AnsweredInPart => ExitCode.AnsweredWithBadInput,
            Truth.No => Answering.ExitCodeOf(answer.Status, ExitCode.NotReachable),
            _ => Answering.ExitCodeOf(answer.Status),
        };
    }

    private static void Print(TextWriter output, CniFindings findings, PolicyFeature[] features)
    {
        new CniTextWriter(output).Write(findings.Verdict);
        foreach (var feature in features)
            output.WriteLine($"FEATURE {feature}: {findings.Verdict.Supports(feature)}");
        foreach (var use in findings.Limited)
            output.WriteLine($"POLICY {Printable.Of(use.ToString())}");
    }
}
