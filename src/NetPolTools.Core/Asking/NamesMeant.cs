using System.Text.RegularExpressions;
using NetPolTools.Listing;
using NetPolTools.Objects;
using NetPolTools.Snapshot;
using NetPolTools.Text;

namespace NetPolTools.Asking;

/// <summary>What of a cluster may be meant by a name of a question that matches nothing, written as a question would name it.</summary>
internal static partial class NamesMeant
{
    private const string ServiceWord = "svc";
    private const int MostPlaces = 3;

    /// <summary>Namespaces.</summary>
    public static IReadOnlyList<string> Namespaces(string written, IEnumerable<ClusterSnapshot> inputs) =>
        NearestNames.Of(written, inputs.SelectMany(static input => input.Namespaces).Select(static ns => ns.Name));

    /// <summary>Policies of every kind, as they were written: with the namespace or the kind in front, or without.</summary>
    public static IReadOnlyList<string> Policies(string written, IEnumerable<ClusterSnapshot> inputs)
    {
        var policies = inputs.SelectMany(static input => input.NetworkPolicies.Concat<KubernetesObject>(input.PolicyObjects))
            .Select(static policy => policy.Reference);
        return NearestNames.Of(written, written.Contains('/')
            ? policies.SelectMany(static policy => new[] { $"{policy.Namespace ?? policy.Kind}/{policy.Name}", $"{policy.Kind}/{policy.Name}" })
            : policies.Select(static policy => policy.Name));
    }

    /// <summary>Workloads, pods, Services, namespaces, nodes and labels.</summary>
    /// <param name="written">The name of an end.</param>
    /// <param name="inputs">Where it was looked for.</param>
    public static IReadOnlyList<string> Ends(string written, IReadOnlyCollection<ClusterSnapshot> inputs)
    {
        if (written.Contains('='))
            return NearestNames.Of(written, Labels(inputs));
        if (ServiceHost().Match(written) is { Success: true } host)
            return NearestNames.Of($"{host.Groups["ns"]}/{ServiceWord}/{host.Groups["name"]}", Services(inputs)
                .Select(static service => $"{service.Namespace}/{ServiceWord}/{service.Name}"));
        var parts = written.Split('/');
        return parts switch
        {
            [var name] => OfOneWord(name, inputs),
            [var word, var name] when IsService(word) =>
                NearestNames.Of(name, Services(inputs).Select(static service => service.Name)).Select(near => $"{word}/{near}").ToArray(),
            [var ns, "*"] => Namespaces(ns, inputs).Select(static near => near + "/*").ToArray(),
            [var ns, var name] => OfTwoWords(ns, name, inputs),
            [_, var word, _] when IsService(word) => NearestNames.Of(written, Services(inputs).Select(service => $"{service.Namespace}/{word}/{service.Name}")),
            _ => [],
        };
    }

    /// <summary>Whether a text can only be the name of a host, or a URL, neither of which is looked up.</summary>
    public static bool IsHost(string written) => Host().IsMatch(written);

    private static IReadOnlyList<string> OfOneWord(string name, IReadOnlyCollection<ClusterSnapshot> inputs)
    {
        string[] exactly =
        [
            .. inputs.SelectMany(static input => input.Namespaces).Where(ns => ns.Name == name).Select(static ns => ns.Name + "/*"),
            .. Services(inputs).Where(service => service.Name == name).Select(service => $"{ServiceWord}/{name}"),
            .. inputs.SelectMany(static input => input.Nodes).Where(node => node.Name == name).Select(static node => $"node/{node.Name}"),
        ];
        if (exactly.Length > 0)
            return [.. exactly.Distinct()];
        var near = NearestNames.Of(name, Ends(inputs).Select(static end => end.Name));
        return near.Count > 0 ? near : [.. Namespaces(name, inputs).Select(static ns => ns + "/*")];
    }

    private static IReadOnlyList<string> OfTwoWords(string qualifier, string name, IReadOnlyCollection<ClusterSnapshot> inputs)
    {
        var ends = Ends(inputs).ToArray();

        // kind/name.
        var ofKind = ends.Where(end => string.Equals(end.Kind, EndpointPattern.KindNamed(qualifier), StringComparison.OrdinalIgnoreCase)).ToArray();
        if (Array.Exists(ofKind, end => end.Name == name))
            return InFull(ofKind, name);
        if (ofKind.Length > 0)
            return [.. NearestNames.Of(name, ofKind.Select(static end => end.Name)).Select(near => $"{qualifier}/{near}")];
        if (Services(inputs).Any(service => (service.Namespace, service.Name) == (qualifier, name)))
            return [$"{qualifier}/{ServiceWord}/{name}"];
        var near = NearestNames.Of($"{qualifier}/{name}", ends.Select(static end => $"{end.Namespace}/{end.Name}"));
        return near.Count > 0 ? near : InFull(ends, name);
    }

    /// <summary>Where there is something of a name.</summary>
    private static string[] InFull(ObjectReference[] ends, string name) =>
        [.. ends.Where(end => end.Name == name).Select(static end => $"{end.Namespace}/{end.Name}").Distinct().Take(MostPlaces)];

    private static IEnumerable<ObjectReference> Ends(IEnumerable<ClusterSnapshot> inputs) =>
        inputs.SelectMany(static input => input.Workloads.Select(static workload => workload.Reference).Concat(input.Pods.Select(static pod => pod.Reference)));

    private static IEnumerable<ObjectReference> Services(IEnumerable<ClusterSnapshot> inputs) =>
        inputs.SelectMany(static input => input.Services).Select(static service => service.Reference);

    private static IEnumerable<string> Labels(IEnumerable<ClusterSnapshot> inputs) => inputs
        .SelectMany(static input =>
            input.Pods.Select(static pod => pod.Metadata.Labels).Concat(input.Workloads.Select(static workload => workload.TemplateLabels)))
        .SelectMany(static labels => labels)
        .Select(static label => $"{label.Key}={label.Value}");

    private static bool IsService(string word) => word is "svc" or "service" or "services";

    /// <summary>The names by which clients in the cluster dial a Service.</summary>
    [GeneratedRegex(@"^(?<name>[a-z0-9-]+)\.(?<ns>[a-z0-9-]+)\.svc(\.cluster\.local)?\.?$", RegexOptions.CultureInvariant)]
    private static partial Regex ServiceHost();

    [GeneratedRegex(@"^[a-z][a-z0-9+.-]*://|^([a-z0-9-]+\.)+[a-z]{2,}\.?$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Host();
}
