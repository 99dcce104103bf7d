using NetPolTools.Objects;
using NetPolTools.Reachability;
using NetPolTools.Sets;

namespace NetPolTools.Listing;

/// <summary>
/// Names ends of connections: <c>name</c>, <c>namespace/name</c> or <c>kind/name</c> with wildcards; a label selector such as <c>app=web</c>;
/// an IP address, or a CIDR block. Names and labels match workloads and pods alike; an address matches the pod that has it, and otherwise the
/// outside.
/// </summary>
public sealed class EndpointPattern
{
    /// <summary>kubectl's short names and plurals; a kind's own name needs no entry.</summary>
    private static readonly Dictionary<string, string> Kinds = new(StringComparer.OrdinalIgnoreCase)
    {
        ["po"] = "Pod",
        ["pods"] = "Pod",
        ["deploy"] = "Deployment",
        ["deployments"] = "Deployment",
        ["rs"] = "ReplicaSet",
        ["replicasets"] = "ReplicaSet",
        ["sts"] = "StatefulSet",
        ["statefulsets"] = "StatefulSet",
        ["ds"] = "DaemonSet",
        ["daemonsets"] = "DaemonSet",
        ["jobs"] = "Job",
        ["cj"] = "CronJob",
        ["cronjobs"] = "CronJob",
        ["rc"] = "ReplicationController",
        ["replicationcontrollers"] = "ReplicationController",
        ["ns"] = "Namespace",
        ["namespaces"] = "Namespace",
    };

    private readonly string _text;
    private readonly string? _qualifier;
    private readonly string _name;

    private readonly LabelSelector? _selector;

    private EndpointPattern(string text, AddressRange? addresses, LabelSelector? selector)
    {
        _text = text;
        _selector = selector;
        Addresses = addresses;
        var slash = text.IndexOf('/');
        _qualifier = slash < 0 ? null : text[..slash];
        _name = text[(slash + 1)..];
    }

    /// <summary>Not null for an address or a block.</summary>
    public AddressRange? Addresses { get; }

    /// <exception cref="FormatException">It looks like a label selector and is none.</exception>
    public static EndpointPattern Parse(string text)
    {
        if (NetAddress.TryParse(text, out var address))
            return new EndpointPattern(text, AddressRange.Of(address), null);
        if (AddressRange.TryParseCidr(text, out var block, out _, out _))
            return new EndpointPattern(text, block, null);
        return new EndpointPattern(text, null, LabelSelectorText.LooksLikeOne(text) ? LabelSelectorText.Parse(text) : null);
    }

    public override string ToString() => _text;

    internal bool Matches(EndpointGroup group, EndpointTable endpoints)
    {
        if (Addresses is { } addresses)
            return group.Members.Any(member => endpoints[member].Addresses.Any(addresses.Contains));
        if (_selector is not null)
            return group.Members.Any(member => _selector.Matches(endpoints[member].Labels));
        return MatchesName(group.End.Namespace!, group.End.Name!, group.End.Kind!)
            || group.Members.Any(member => MatchesEndpoint(endpoints[member]));
    }

    private bool MatchesEndpoint(Endpoint endpoint) =>
        MatchesName(endpoint.Namespace, endpoint.Owner.Name, endpoint.Owner.Kind)
        || (endpoint.PodName is { } pod && MatchesName(endpoint.Namespace, pod, Pod.KindName));

    private bool MatchesName(string ns, string name, string kind)
    {
        if (!WildcardNames.Match(_name, name))
            return false;
        if (_qualifier is null || WildcardNames.Match(_qualifier, ns))
            return true;
        return string.Equals(Kinds.GetValueOrDefault(_qualifier, _qualifier), kind, StringComparison.OrdinalIgnoreCase);
    }
}
