using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using NetPolTools.Dialects.Calico;
using NetPolTools.Output;
using NetPolTools.Reachability;

namespace NetPolTools.Completion;

/// <summary>
/// Completes names from the input that already stands on the command line: a snapshot or objects in a variable, piped in or bound, or files. Where none
/// does, from the snapshots that are in variables. Never from the network, and never from files too large to be read while someone waits.
/// </summary>
public abstract class InputCompleter : IArgumentCompleter
{
    private const long LargestInput = 8 * 1024 * 1024;

    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        var word = wordToComplete.Trim('\'', '"');
        var pattern = WildcardPattern.Get(word + "*", WildcardOptions.IgnoreCase);
        return Snapshots(commandAst, fakeBoundParameters)
            .SelectMany(Names)
            .Concat(fakeBoundParameters["Context"] is null && fakeBoundParameters["ReferenceContext"] is null ? [] : NamesOfCluster(fakeBoundParameters))
            .Where(candidate => pattern.IsMatch(candidate.Name) || pattern.IsMatch(candidate.Name[(candidate.Name.IndexOf('/') + 1)..]))
            .DistinctBy(static candidate => candidate.Name)
            .OrderBy(static candidate => candidate.Name, StringComparer.Ordinal)
            .Select(static candidate => new CompletionResult(Quoted(candidate.Name), candidate.Name, CompletionResultType.ParameterValue, candidate.ToolTip))
            .ToArray();
    }

    /// <summary>What may be completed, with a tip each.</summary>
    private protected abstract IEnumerable<(string Name, string ToolTip)> Names(NetPolSnapshot snapshot);

    /// <summary>What the kubeconfig tells where a cluster is named.</summary>
    private protected virtual IEnumerable<(string Name, string ToolTip)> NamesOfCluster(IDictionary bound) => [];

    private static IEnumerable<NetPolSnapshot> Snapshots(CommandAst command, IDictionary bound)
    {
        // First the workloads themselves: of some cmdlets, the pipeline brings connections.
        if ((bound["Path"] ?? bound["Snapshot"] ?? bound["Reference"] ?? bound["Difference"]) is { } given)
            return given is (string or string[]) ? CompletionInput.OfPaths(Texts(given), LargestInput) : CompletionInput.Of([given]);
        if (bound["LiteralPath"] is { } literalPaths)
            return CompletionInput.OfPaths(Texts(literalPaths), LargestInput);
        if (bound["InputObject"] is { } input)
            return CompletionInput.Of([input]);
        return PipedVariable(command) is { } piped ? CompletionInput.Of(CurrentSession.Variable(piped)) : CurrentSession.Snapshots();
    }

    /// <summary><c>$snapshot | Get-NetPolReachability -From </c>: the variable's value is at hand without running anything.</summary>
    private static string? PipedVariable(CommandAst command)
    {
        if (command.Parent is not PipelineAst { PipelineElements: { Count: > 1 } elements }
            || elements[0] is not CommandExpressionAst { Expression: VariableExpressionAst variable })
        {
            return null;
        }

        return variable.VariablePath.UserPath;
    }

    private static IEnumerable<string> Texts(object value) => value switch
    {
        string one => [one],
        IEnumerable many => many.Cast<object>().Select(static item => item.ToString() ?? ""),
        _ => [value.ToString() ?? ""],
    };

    internal static string Quoted(string name) =>
        name.All(static c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.' or '/') ? name : $"'{name.Replace("'", "''", StringComparison.Ordinal)}'";
}

/// <summary>Completes workloads as namespace/name.</summary>
public class EndpointCompleter : InputCompleter
{
    private protected override IEnumerable<(string Name, string ToolTip)> Names(NetPolSnapshot snapshot)
    {
        var endpoints = EndpointTable.Create(snapshot.Cluster, AddressPartition.Create([]));
        return Enumerable.Range(0, endpoints.PodCount)
            .Select(i => endpoints[i].Owner)
            .Select(static workload => ($"{workload.Namespace}/{workload.Name}", workload.Kind))
            .Concat(snapshot.Evaluator.NamedEnds());
    }
}

/// <summary>Completes workloads, and Services as namespace/svc/name: only destinations can be Services.</summary>
public class DestinationCompleter : EndpointCompleter
{
    private protected override IEnumerable<(string Name, string ToolTip)> Names(NetPolSnapshot snapshot) =>
        base.Names(snapshot).Concat(snapshot.Cluster.Services.Select(static service => ($"{service.Metadata.Namespace}/svc/{service.Name}", service.Kind)));
}

/// <summary>Completes where an attack may begin: what <see cref="DestinationCompleter"/> does, and the outside.</summary>
public sealed class AttackerCompleter : DestinationCompleter
{
    private protected override IEnumerable<(string Name, string ToolTip)> Names(NetPolSnapshot snapshot) =>
        base.Names(snapshot).Append(("outside", "every address that neither a pod nor a node has"));
}

/// <summary>Completes labels of pods, as selectors; behind them those that policies of Calico ask for and no pod has.</summary>
public sealed class PodLabelCompleter : InputCompleter
{
    private protected override IEnumerable<(string Name, string ToolTip)> Names(NetPolSnapshot snapshot) =>
        snapshot.Cluster.Pods.Select(static pod => pod.Metadata.Labels)
        .Concat(snapshot.Cluster.Workloads.Select(static workload => workload.TemplateLabels))
        .SelectMany(static labels => labels)
        .GroupBy(static label => label)
        .Select(static same => ($"{same.Key.Key}={same.Key.Value}", same.Count() == 1 ? "1 pod or workload" : $"{same.Count()} pods and workloads"))
        .Concat(snapshot.Cluster.PolicyObjects.OfType<CalicoPolicy>().SelectMany(static policy => policy.LabelsAsked())
            .Select(static label => ($"{label.Key}={label.Value}", "a policy of Calico selects it")));
}

/// <summary>Completes labels of namespaces, as selectors.</summary>
public sealed class NamespaceLabelCompleter : InputCompleter
{
    private protected override IEnumerable<(string Name, string ToolTip)> Names(NetPolSnapshot snapshot) =>
        snapshot.Cluster.Namespaces.SelectMany(static ns => ns.Metadata.Labels.Select(label => ($"{label.Key}={label.Value}", ns.Name)));
}

/// <summary>Completes labels that pods, namespaces and the selectors of policies have, to be set.</summary>
public sealed class LabelChangeCompleter : InputCompleter
{
    private protected override IEnumerable<(string Name, string ToolTip)> Names(NetPolSnapshot snapshot)
    {
        var cluster = snapshot.Cluster;
        return cluster.NetworkPolicies.SelectMany(static policy => policy.PodSelectors().Concat(policy.NamespaceSelectors()))
            .SelectMany(static selector => selector.MatchLabels)
            .Concat(cluster.PolicyObjects.OfType<CalicoPolicy>().SelectMany(static policy => policy.LabelsAsked()))
            .Select(static label => (Label: label, From: "a policy selects it"))
            .Concat(cluster.Pods.SelectMany(static pod => pod.Metadata.Labels).Concat(cluster.Workloads.SelectMany(static workload => workload.TemplateLabels))
                .Select(static label => (Label: label, From: "pods have it")))
            .Concat(cluster.Namespaces.SelectMany(static ns => ns.Metadata.Labels).Select(static label => (Label: label, From: "namespaces have it")))
            .Select(static found => ($"{found.Label.Key}={found.Label.Value}", found.From));
    }
}

/// <summary>Completes policies as namespace/name, of other kinds than NetworkPolicy with the kind in front.</summary>
public sealed class PolicyCompleter : InputCompleter
{
    private protected override IEnumerable<(string Name, string ToolTip)> Names(NetPolSnapshot snapshot) =>
        snapshot.Cluster.NetworkPolicies.Select(static policy => ($"{policy.Metadata.Namespace}/{policy.Name}", policy.Kind))
            .Concat(snapshot.Cluster.PolicyObjects.Select(static policy =>
                (policy.Metadata.Namespace is { } ns ? $"{policy.Kind}/{ns}/{policy.Name}" : $"{policy.Kind}/{policy.Name}", policy.Kind)));
}

/// <summary>Completes namespaces.</summary>
public sealed class NamespaceCompleter : InputCompleter
{
    private protected override IEnumerable<(string Name, string ToolTip)> Names(NetPolSnapshot snapshot) =>
        snapshot.Cluster.Namespaces.Select(static ns => (ns.Name, ns.Metadata.Labels.ToString()));

    private protected override IEnumerable<(string Name, string ToolTip)> NamesOfCluster(IDictionary bound) =>
        Kubeconfigs.Contexts(bound).Where(static context => context.Namespace is not null)
            .Select(static context => (context.Namespace!, $"context {context.Name}"));
}
