using System.CommandLine;
using NetPolTools.Cni;
using NetPolTools.Cni.Catalogue;
using NetPolTools.Diagnostics;
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
        var ns = new NamespaceOption("of policies only its own are told of");

        var command = new Command(
            "cni",
            "Tell whether the cluster enforces NetworkPolicies at all, by which plugin, on what evidence, and what of the input's policies does not work "
                + "there. Give it nodes, daemonsets, deployments, pods and configmaps of all namespaces, clusterroles and customresourcedefinitions. "
                + "Exit codes: 0 enforced, 3 not enforced or not on all nodes, 2 not known, 1 answered although some input was bad.")
        {
            output, plugin, list, feature,
        };
        ns.AddTo(command);
        input.AddTo(command, result => !result.GetValue(list) && result.GetResult(plugin) is null, ", --plugin or --list");
        command.SetAction((result, cancellation) => Answering.Run(terminal, () => result.GetValue(list)
            ? List(result.GetValue(output), terminal)
            : Answer(
                input.Input(result),
                ns.Of(result),
                result.GetValue(plugin),
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
        CniVerdict? named,
        PolicyFeature[] features,
        CniFormat format,
        Terminal terminal,
        CancellationToken cancellation)
    {
        ManifestInput.TryCollect(input, ns, terminal, cancellation, out var snapshot);
        var verdict = named ?? CniJudge.Judge(snapshot);
        var policies = snapshot.NetworkPolicies.Where(policy => ns.Name is null || policy.Metadata.Namespace == ns.Name);
        LimitedUse[] limited = [.. PolicyFeatures.Limited(policies, verdict)];
        Diagnostic[] diagnostics = [.. snapshot.Diagnostics, .. ns.NotIn(snapshot)];
        terminal.Tell(diagnostics);

        using (var output = terminal.OpenOutput())
        {
            if (format == CniFormat.Json)
                new CniJsonWriter(output).Write(verdict, limited, diagnostics);
            else
                Print(output, verdict, limited, features);
        }

        return ExitCodeOf(verdict, features, diagnostics);
    }

    private static void Print(TextWriter output, CniVerdict verdict, LimitedUse[] limited, PolicyFeature[] features)
    {
        new CniTextWriter(output).Write(verdict);
        foreach (var feature in features)
            output.WriteLine($"FEATURE {feature}: {verdict.Supports(feature)}");
        foreach (var use in limited)
            output.WriteLine($"POLICY {Printable.Of(use.ToString())}");
    }

    private static int ExitCodeOf(CniVerdict verdict, PolicyFeature[] features, IReadOnlyList<Diagnostic> diagnostics)
    {
        FeatureSupport[] support = [.. features.Select(verdict.Supports)];
        if (verdict.Enforced is Enforcement.No or Enforcement.Partly || support.Contains(FeatureSupport.No))
            return Answering.ExitCodeOf(diagnostics, ExitCode.NotReachable);
        return verdict.Enforced == Enforcement.Unknown || support.Contains(FeatureSupport.Unknown)
            ? ExitCode.NotAnswered
            : Answering.ExitCodeOf(diagnostics);
    }
}
