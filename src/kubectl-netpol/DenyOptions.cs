using System.CommandLine;
using System.Globalization;
using NetPolTools.Authoring;
using NetPolTools.Authoring.Denying;
using NetPolTools.Objects;

namespace NetPolTools.Kubectl;

/// <summary>The options of a default deny: what it closes and what it leaves open.</summary>
internal sealed class DenyOptions
{
    private readonly Option<DenyPolicyKind> _as = new("--as")
    {
        Description = "What to write: NetworkPolicies in each namespace, or one policy for all of them in the Baseline tier, behind every NetworkPolicy; "
            + "BaselineAdminNetworkPolicy is the form for OpenShift and OVN-Kubernetes.",
        DefaultValueFactory = static _ => DenyPolicyKind.NetworkPolicy,
    };

    private readonly Option<int?> _priority =
        new("--priority") { Description = "Of a ClusterNetworkPolicy, 0-1000; by default 1000, the last.", HelpName = "number" };

    private readonly Option<DenyDirection> _direction = new("--direction") { Description = "What to close.", DefaultValueFactory = _ => DenyDirection.Both };

    private readonly Option<LabelSelector?> _selector = Selector("--selector", "Close only these pods: app=web,tier in (api,db).", "-l");

    private readonly Option<string?> _name = new("--name") { Description = "The name of the policy that closes, and what the names of the others begin with." };

    private readonly Option<bool> _singlePolicy = Switch("--single-policy", "One policy per namespace instead of one for each exception.");

    private readonly Option<bool> _dns = Switch("--allow-dns", "Let pods ask the cluster's DNS, over UDP and TCP.");

    private readonly Option<DnsProvider[]> _dnsProvider = new("--dns-provider")
    {
        Description = "Who answers DNS queries; where it is left out, what the input shows, and KubeDns where it shows nothing.",
        CustomParser = static result => OptionText.ParseAll(result, static text => OptionText.ParseName<DnsProvider>(text, "a DNS provider")),
        DefaultValueFactory = static _ => [],
        HelpName = string.Join('|', Enum.GetNames<DnsProvider>()),
    };

    private readonly Option<string[]> _dnsAddress = Texts("--dns-address", "Further resolvers, as addresses or CIDR blocks, on port 53.", "address");

    private readonly Option<bool> _sameNamespace = Switch("--allow-same-namespace", "Let the pods of the namespace talk among themselves.");

    private readonly ClientOptions _ingressController = new(
        "ingress-controller", "Let the ingress controller in: the one that the input shows, or else ingress-nginx.",
            "those that the Ingresses of the input lead to, or else every port");

    private readonly Option<bool> _apiServer = Switch("--allow-api-server", "Let pods reach the API server.");

    private readonly Option<string[]> _apiServerAddress =
        Texts("--api-server-address", "Its addresses or CIDR blocks; where they are left out, those of default/kubernetes in the input.", "address");

    private readonly Option<int[]> _apiServerPort = new("--api-server-port")
    {
        Description = "The ports of those addresses; 443 and 6443 where they are left out.",
        CustomParser = static result => OptionText.ParseAll(result, ParsePort),
        DefaultValueFactory = static _ => [],
        HelpName = "port",
    };

    private readonly ClientOptions _monitoring = new(
        "monitoring", "Let Prometheus in: the one that the input shows, or else that of the namespace monitoring.", "every port");

    public void AddTo(Command command)
    {
        foreach (var option in (Option[])[_as, _priority, _direction, _selector, _name, _singlePolicy, _dns, _dnsProvider, _dnsAddress, _sameNamespace])
            command.Add(option);
        _ingressController.AddTo(command);
        foreach (var option in (Option[])[_apiServer, _apiServerAddress, _apiServerPort])
            command.Add(option);
        _monitoring.AddTo(command);
        command.Validators.Add(result =>
        {
            if (result.GetValue(_priority) is { } priority
                && (result.GetValue(_as) != DenyPolicyKind.ClusterNetworkPolicy || priority is < 0 or > DefaultDenyOptions.LastPriority))
                result.AddError($"--priority is a number, 0-{DefaultDenyOptions.LastPriority}, and goes with --as {DenyPolicyKind.ClusterNetworkPolicy}.");
        });
    }

    /// <summary>To say where something is means to leave it open.</summary>
    public DefaultDenyOptions Options(ParseResult result)
    {
        var providers = result.GetValue(_dnsProvider)!;
        var resolvers = result.GetValue(_dnsAddress)!;
        var apiServers = result.GetValue(_apiServerAddress)!;
        var apiServerPorts = result.GetValue(_apiServerPort)!;
        return new DefaultDenyOptions
        {
            As = result.GetValue(_as),
            Priority = result.GetValue(_priority) ?? DefaultDenyOptions.LastPriority,
            Direction = result.GetValue(_direction),
            PodSelector = result.GetValue(_selector) ?? LabelSelector.Everything,
            Name = result.GetValue(_name),
            SinglePolicy = result.GetValue(_singlePolicy),
            AllowDns = result.GetValue(_dns) || providers.Length > 0 || resolvers.Length > 0,
            DnsProviders = providers,
            DnsAddresses = resolvers,
            AllowSameNamespace = result.GetValue(_sameNamespace),
            IngressController = _ingressController.Client(result),
            Monitoring = _monitoring.Client(result),
            AllowApiServer = result.GetValue(_apiServer) || apiServers.Length > 0 || apiServerPorts.Length > 0,
            ApiServerAddresses = apiServers,
            ApiServerPorts = apiServerPorts,
        };
    }

    private static int ParsePort(string text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var port)
        ? port
        : throw new FormatException($"'{text}' is not a port; expected a number, 1-65535.");

    private static Option<bool> Switch(string name, string description) => new(name) { Description = description };

    private static Option<string[]> Texts(string name, string description, string helpName) =>
        new(name) { Description = description, DefaultValueFactory = static _ => [], HelpName = helpName };

    private static Option<LabelSelector?> Selector(string name, string description, params string[] aliases) => new(name, aliases)
    {
        Description = description,
        HelpName = "selector",
        CustomParser = static result => OptionText.ParseAll(result, LabelSelectorText.Parse).FirstOrDefault(),
    };

    /// <summary>Four options for one client that may be let in.</summary>
    private sealed class ClientOptions(string client, string description, string otherPorts)
    {
        private readonly Option<bool> _allow = Switch($"--allow-{client}", description);

        private readonly Option<string?> _namespace = new($"--{client}-namespace") { Description = "The namespace that it runs in.", HelpName = "name" };

        private readonly Option<LabelSelector?> _selector = Selector($"--{client}-selector", "The labels of its pods.");

        private readonly Option<NetworkPolicyPort[]> _port = new($"--{client}-port")
        {
            Description = $"The ports of the pods it comes to; where they are left out, {otherPorts}.",
            CustomParser = static result => OptionText.ParseAll(result, NetworkPolicyPortText.Parse),
            DefaultValueFactory = static _ => [],
            HelpName = "port",
        };

        public void AddTo(Command command)
        {
            foreach (var option in (Option[])[_allow, _namespace, _selector, _port])
                command.Add(option);
        }

        public AllowedClient? Client(ParseResult result)
        {
            var client = new AllowedClient { Namespace = result.GetValue(_namespace), Pods = result.GetValue(_selector), Ports = result.GetValue(_port)! };
            return result.GetValue(_allow) || client.Namespace is not null || client.Pods is not null || client.Ports.Count > 0 ? client : null;
        }
    }
}
