using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using NetPolTools.Objects;
using NetPolTools.Reachability;
using NetPolTools.Sets;
using NetPolTools.Text;

namespace NetPolTools.Listing;

/// <summary>
/// Names ends of connections: <c>name</c>, <c>namespace/name</c> or <c>kind/name</c> with wildcards; a label selector such as <c>app=web</c>;
/// an IP address, or a CIDR block. Names and labels match workloads and pods alike; an address matches the pod that has it, and otherwise the
/// outside. <c>svc/name</c> and <c>namespace/svc/name</c> name Services, that is, what is behind them; <c>node/name</c> names a node by its addresses.
/// What answers print is understood too: <c>shop/web[Deployment]</c>, <c>any IPv4 address</c>, <c>10.0.0.0-10.0.0.255</c>.
/// <c>kube-apiserver</c>, <c>host</c> and other entities of a network plugin are understood where no pod has the name, and with <c>entity:</c> before
/// them anywhere;
/// <c>fqdn:www.example.com</c> names what is behind a name in DNS.
/// <c>calico: app == 'web' &amp;&amp; has(tier)</c> picks pods by a selector of Calico.
/// <c>outside</c> is every address that neither a pod nor a node has; <c>outside-ipv4</c> and <c>outside-ipv6</c> are those of one family.
/// </summary>
public sealed class EndpointPattern
{
    /// <summary>kubectl's short names and plurals; a kind's own name needs no entry.</summary>
    private static readonly FrozenDictionary<string, string> Kinds = new Dictionary<string, string>
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
        ["rollouts"] = "Rollout",
        ["dc"] = "DeploymentConfig",
        ["deploymentconfigs"] = "DeploymentConfig",
        ["ksvc"] = "Service",
        ["vm"] = "VirtualMachine",
        ["vms"] = "VirtualMachine",
        ["vmi"] = "VirtualMachineInstance",
        ["vmis"] = "VirtualMachineInstance",
        ["ns"] = "Namespace",
        ["namespaces"] = "Namespace",
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    private static readonly FrozenSet<string> ServiceWords =
        FrozenSet.ToFrozenSet(["svc", "service", "services"], StringComparer.OrdinalIgnoreCase);

    private static readonly FrozenDictionary<string, IReadOnlyList<AddressRange>> OutsideWords = new Dictionary<string, IReadOnlyList<AddressRange>>
    {
        ["outside"] = [AddressRange.AllIPv4, AddressRange.AllIPv6],
        ["outside-ipv4"] = [AddressRange.AllIPv4],
        ["outside-ipv6"] = [AddressRange.AllIPv6],
        ["entity:world"] = [AddressRange.AllIPv4, AddressRange.AllIPv6],
        ["entity:world-ipv4"] = [AddressRange.AllIPv4],
        ["entity:world-ipv6"] = [AddressRange.AllIPv6],
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    /// <summary>How answers print addresses outside; those of nodes are among them.</summary>
    private static readonly FrozenDictionary<string, IReadOnlyList<AddressRange>> PrintedWords = new Dictionary<string, IReadOnlyList<AddressRange>>
    {
        [AddressWords.AnyIPv4] = [AddressRange.AllIPv4],
        [AddressWords.AnyIPv6] = [AddressRange.AllIPv6],
        [AddressWords.Anywhere] = [AddressRange.AllIPv4, AddressRange.AllIPv6],
        [AddressWords.InMatrix] = [AddressRange.AllIPv4, AddressRange.AllIPv6],
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    private static readonly FrozenSet<string> NodeWords = FrozenSet.ToFrozenSet(["no", "node", "nodes"], StringComparer.OrdinalIgnoreCase);

    /// <summary>Cilium's word for all that is in the cluster.</summary>
    private const string ClusterWord = "cluster";

    private readonly string _text;
    private readonly string? _qualifier;
    private readonly string _name;

    /// <summary>What the qualifier means should it be a kind; null where there is none, or it has wildcards.</summary>
    private readonly string? _kind;
    private readonly bool _isExactName;

    /// <summary>Whether there are wildcards in what stands for a name or before it.</summary>
    private readonly bool _hasWildcards;

    /// <summary>The kind that stands behind the name in brackets; null for none.</summary>
    private readonly string? _printedKind;

    /// <summary>Whether a label selector picks a pod; null where it is none.</summary>
    private readonly Func<Endpoint, bool>? _selector;
    private readonly ImmutableArray<string> _namespaces;

    private EndpointPattern(string text, AddressRange? addresses, Func<Endpoint, bool>? selector, ImmutableArray<string> namespaces)
    {
        _text = text;
        _selector = selector;
        _namespaces = namespaces;
        _hasWildcards = WildcardNames.IsPattern(text);
        Addresses = addresses;
        var slash = text.IndexOf('/');
        _qualifier = slash < 0 ? null : text[..slash];
        _name = text[(slash + 1)..];
        _kind = _qualifier is null || WildcardNames.IsPattern(_qualifier) ? null : Kinds.GetValueOrDefault(_qualifier, _qualifier);
        _isExactName = addresses is null && selector is null && !WildcardNames.IsPattern(_name);
        if (addresses is not null || selector is not null)
            return;
        if (NewPod.LooksLikeOne(text))
        {
            NewPod = NewPod.Parse(text);
            _isExactName = false;
            return;
        }

        if (OutsideWords.TryGetValue(text, out var outside) || Printed(text, out outside))
        {
            Outside = outside;
            MayBeNodes = !OutsideWords.ContainsKey(text);
            _isExactName = false;
            return;
        }

        // As lines print workloads: shop/web[Deployment].
        if (text.EndsWith(']') && _name.LastIndexOf('[') is > 0 and var bracket)
        {
            _printedKind = _name[(bracket + 1)..^1];
            _name = _name[..bracket];
            _isExactName = false;
        }

        IsNode = _qualifier is not null && NodeWords.Contains(_qualifier);
        if (text.Split('/') is not { Length: 2 or 3 } parts || !IsServiceWord(parts[^2]))
            return;
        IsService = true;
        _isExactName = false;
        _qualifier = parts.Length == 3 ? parts[0] : null;
        _name = parts[^1];
    }

    private EndpointPattern(EndpointPattern same)
    {
        (_text, _qualifier, _name, _kind, _namespaces) = (same._text, same._qualifier, same._name, same._kind, same._namespaces);
        _hasWildcards = same._hasWildcards;
    }

    /// <summary>Whether it names everything in the cluster: all pods, and the ends that are in it and known by a name alone.</summary>
    internal bool IsCluster { get; private init; }

    /// <summary>The pod that does not exist yet which it names; null for any other pattern.</summary>
    public NewPod? NewPod { get; }

    /// <summary>Whether it names Services.</summary>
    public bool IsService { get; }

    /// <summary>Whether it names nodes: their addresses, and not the hostNetwork pods that speak with these.</summary>
    public bool IsNode { get; }

    /// <summary>Not null for an address or a block.</summary>
    public AddressRange? Addresses { get; }

    /// <summary>
    /// For <c>outside</c>, <c>outside-ipv4</c> and <c>outside-ipv6</c>: the families whose addresses are meant, as far as they belong to neither pod nor
    /// node. For addresses as answers print them, those, as far as they belong to no pod. Empty for any other pattern.
    /// </summary>
    public IReadOnlyList<AddressRange> Outside { get; private init; } = [];

    /// <summary>Whether addresses of nodes are meant by <see cref="Outside"/> too.</summary>
    internal bool MayBeNodes { get; private init; }

    /// <exception cref="FormatException">It looks like a label selector and is none.</exception>
    public static EndpointPattern Parse(string text)
    {
        if (NetAddress.TryParse(text, out var address))
            return new EndpointPattern(text, AddressRange.Of(address), null, []);
        if (AddressRange.TryParseCidr(text, out var block, out _, out _))
            return new EndpointPattern(text, block, null, []);
        if (!NewPod.LooksLikeOne(text) && CalicoPods.Parse(text) is { } ofCalico)
            return new EndpointPattern(text, null, ofCalico, []);
        if (!LabelSelectorText.LooksLikeOne(text) || PrintedWords.ContainsKey(text) || NewPod.LooksLikeOne(text))
            return new EndpointPattern(text, null, null, []);
        var selector = LabelSelectorText.Parse(text);
        return new EndpointPattern(text, null, endpoint => selector.Matches(endpoint.Labels), []);
    }

    /// <summary>Addresses as answers print them: a word for all of a family, ranges such as <c>10.0.0.0-10.0.0.255</c>, several with commas between
    /// them.</summary>
    private static bool Printed(string text, [NotNullWhen(true)] out IReadOnlyList<AddressRange>? ranges)
    {
        if (PrintedWords.TryGetValue(text, out ranges))
            return true;
        var parts = text.Split(',', StringSplitOptions.TrimEntries);
        var found = new AddressRange[parts.Length];
        for (var i = 0; i < parts.Length; i++)
        {
            if (!AddressRange.TryParse(parts[i], out found[i]))
                return false;
        }

        ranges = found;
        return true;
    }

    /// <summary>Reads the name of a source.</summary>
    /// <exception cref="FormatException">As with <see cref="Parse"/>, or it names a Service.</exception>
    public static EndpointPattern ParseSource(string text)
    {
        var pattern = Parse(text);
        return pattern.IsService
            ? throw new FormatException($"'{text}' is a Service, and Services send nothing; name the workload or the pods whose connections you mean.")
            : pattern;
    }

    /// <summary>
    /// The same, asked within some namespaces: a name, a kind with a name or a selector that says nothing of namespaces means what is there. Addresses lie
    /// in none.
    /// </summary>
    /// <param name="namespaces">Names with wildcards; empty for all.</param>
    public EndpointPattern In(IEnumerable<string> namespaces) => new(_text, Addresses, _selector, [.. namespaces]);

    public override string ToString() => _text;

    /// <summary>Whether it goes by the names of pods and workloads.</summary>
    private bool IsName => Addresses is null && _selector is null && NewPod is null && !IsService && Outside.Count == 0;

    /// <summary>Where it is looked for, as sentences say it.</summary>
    internal string Place =>
        _namespaces.IsEmpty || (_qualifier is not null && !IsKind(_qualifier)) ? "the input"
        : _namespaces.Length == 1 ? $"namespace {_namespaces[0]}"
        : $"the namespaces {string.Join(", ", _namespaces)}";

    /// <summary>Whether it is a name that should lead to one thing; <c>namespace/*</c>, selectors and addresses may lead to several.</summary>
    internal bool NamesOne =>
        Addresses is null && _selector is null && Outside.Count == 0 && !IsCluster && !(_name == "*" && (_qualifier is not null || !_namespaces.IsEmpty));

    /// <summary>The endpoints that may be meant, as few as names alone can tell, ascending; null where every endpoint may be.</summary>
    /// <param name="names">Of all endpoints.</param>
    /// <param name="areMeant">Whether each of them is meant for sure.</param>
    internal int[]? Candidates(EndpointNames names, out bool areMeant)
    {
        areMeant = false;
        if (!_isExactName)
            return null;

        // What stands before the name may be a kind.
        if (_qualifier is null || _kind is null || names.HasKind(_kind))
        {
            areMeant = _qualifier is null && _namespaces.IsEmpty;
            return names.Named(_name);
        }

        areMeant = true;
        return names.Named(_qualifier, _name);
    }

    /// <summary>The namespace that it means all of; null where it means something else, or may.</summary>
    internal string? WholeNamespace(EndpointNames names) =>
        NamesOne || _name != "*" || _kind is null || _printedKind is not null || IsService || IsNode || names.HasKind(_kind) ? null : _qualifier;

    /// <summary>The pattern of the Service that it means, by its name or by the address that its clients dial; null where it means none.</summary>
    internal EndpointPattern? ServiceIn(ReachabilityMap map) => IsService ? this
        : Addresses is { } range && range.IsSingle && map.ServiceAddresses.TryGetValue(range.FirstAddress, out var service)
            ? Parse($"{service.Metadata.Namespace}/svc/{service.Name}")
            : null;

    /// <summary>The ends that it names, of those that are known by a name alone; a name in DNS that no rule names stands for any other.</summary>
    internal int[] NamedIn(EndpointTable endpoints)
    {
        if (endpoints.Named.Count == 0 || Addresses is not null || _selector is not null || IsService || Outside.Count > 0)
            return [];
        if (IsCluster)
            return [.. endpoints.IndexesOfNamed(static end => !end.IsOutside)];
        int[] meant = [.. endpoints.IndexesOfNamed(end => end.IsMeantBy(_text))];
        return meant.Length > 0 || !_text.StartsWith(NamedEnd.DomainPrefix, StringComparison.OrdinalIgnoreCase)
            ? meant
            : [.. endpoints.IndexesOfNamed(static end => end == NamedEnd.AnyOtherDomain)];
    }

    /// <summary>
    /// The same as addresses, or as everything in the cluster, where it is a word of the network plugin for these, which a pod may have for a name; null
    /// for any other pattern.
    /// </summary>
    internal EndpointPattern? AsWord(ReachabilityMap map)
    {
        if (map.Endpoints.Named.Count == 0 || _qualifier is not null || _selector is not null || Addresses is not null || Outside.Count > 0 || IsCluster)
            return null;
        var word = _text.StartsWith(NamedEnd.EntityPrefix, StringComparison.OrdinalIgnoreCase) ? _text[NamedEnd.EntityPrefix.Length..] : _text;
        if (OutsideWords.TryGetValue(NamedEnd.EntityPrefix + word, out var outside))
            return new EndpointPattern(this) { Outside = outside };
        if (word.Equals(ClusterWord, StringComparison.OrdinalIgnoreCase))
            return new EndpointPattern(this) { IsCluster = true };
        foreach (var (end, addresses) in map.Stack.Layout.EndAddresses)
        {
            if (word.Equals(end, StringComparison.OrdinalIgnoreCase))
                return new EndpointPattern(this) { Outside = addresses, MayBeNodes = true };
        }

        return null;
    }

    /// <summary>Whether it means a node of this name.</summary>
    internal bool MatchesNode(string name) => IsNode && WildcardNames.Match(_name, name);

    /// <summary>The known addresses of the nodes that it names.</summary>
    internal IEnumerable<NetAddress> NodeAddresses(NodeDirectory nodes) =>
        IsNode ? nodes.Names.Where(MatchesNode).SelectMany(nodes.AddressesOf).Distinct() : [];

    /// <summary>Whether it means the ingress controller that is not in the input; shells and wildcards do well without the braces.</summary>
    internal bool MatchesUnknownController => IsName && _qualifier is null
        && (WildcardNames.Match(_name, ConnectionEnd.IngressController.Name!)
            || WildcardNames.Match(_name, ConnectionEnd.IngressController.Name!.Trim('{', '}')));

    internal bool Matches(Service service) => IsService && WildcardNames.Match(_name, service.Name)
        && (_qualifier is null ? IsWithin(service.Metadata.Namespace!) : WildcardNames.Match(_qualifier, service.Metadata.Namespace!));

    internal bool Matches(EndpointGroup group, EndpointTable endpoints)
    {
        if (IsName && MatchesName(group.End.Namespace!, group.End.Name!, group.End.Kind!))
            return true;
        foreach (var member in group.Members)
        {
            if (Matches(endpoints[member]))
                return true;
        }

        return false;
    }

    /// <summary>Whether a pod, or the workload it belongs to, is meant by its own name; never by that of a Service.</summary>
    internal bool Matches(Endpoint endpoint)
    {
        if (IsCluster)
            return IsWithin(endpoint.Namespace);
        if (IsService || Outside.Count > 0)
            return false;
        if (NewPod is not null)
            return NewPod.Matches(endpoint);
        if (Addresses is { } addresses)
            return endpoint.Addresses.Any(addresses.Contains);
        if (_selector is not null)
            return _selector(endpoint) && IsWithin(endpoint.Namespace);
        return MatchesName(endpoint.Namespace, endpoint.Owner.Name, endpoint.Owner.Kind)
            || (endpoint.PodName is { } pod && MatchesName(endpoint.Namespace, pod, Pod.KindName));
    }

    /// <summary>Whether a workload is meant by its own name.</summary>
    internal bool Matches(Workload workload) => IsName
        && MatchesName(workload.Metadata.Namespace!, workload.Name, workload.Kind);

    private bool MatchesName(string ns, string name, string kind)
    {
        if (!Match(_name, name) || (_printedKind is not null && _printedKind != kind))
            return false;
        if (_qualifier is null)
            return IsWithin(ns);
        return Match(_qualifier, ns)
            || (string.Equals(Kinds.GetValueOrDefault(_qualifier, _qualifier), kind, StringComparison.OrdinalIgnoreCase) && IsWithin(ns));
    }

    /// <summary>Most names are asked about as they are, and held against those of every pod.</summary>
    private bool Match(string part, string name) => _hasWildcards ? WildcardNames.Match(part, name) : part == name;

    private bool IsWithin(string ns) => WildcardNames.MatchAny(_namespaces, ns);

    /// <summary>The kind that a word such as deploy stands for; of any other word, the word itself.</summary>
    internal static string KindNamed(string word) => Kinds.GetValueOrDefault(word, word);

    private static bool IsKind(string word) => Kinds.ContainsKey(word) || Kinds.Values.Contains(word, StringComparer.OrdinalIgnoreCase);

    private static bool IsServiceWord(string word) => ServiceWords.Contains(word);
}
