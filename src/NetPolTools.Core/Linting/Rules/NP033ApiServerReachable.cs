using NetPolTools.Sets;
using NetPolTools.Snapshot;

namespace NetPolTools.Linting.Rules;

internal sealed class NP033ApiServerReachable() : LintRule("NP033", "apiserver-reachable", LintSeverity.Note, LintNeeds.Cluster)
{
    private const int UsualPort = 6443;

    public override string Description => "Finds egress rules that let pods without a token reach the API server.";

    public override string Why =>
        "A pod with automountServiceAccountToken: false has nothing to say to the API server, and an attacker in it has: an open way makes every "
        + "hole of the server, and every token that is found, more useful. Where the input does not tell the server's address, rules for every "
        + "destination on port 6443 are meant.";

    public override string Trouble => """
        apiVersion: v1
        kind: Pod
        metadata: {name: web, namespace: shop, labels: {app: web}}
        spec: {automountServiceAccountToken: false, containers: [{name: web, image: web}]}
        ---
        apiVersion: discovery.k8s.io/v1
        kind: EndpointSlice
        metadata: {name: kubernetes, namespace: default, labels: {kubernetes.io/service-name: kubernetes}}
        addressType: IPv4
        endpoints: [{addresses: [192.0.2.1]}]
        ports: [{name: https, port: 6443}]
        ---
        apiVersion: networking.k8s.io/v1
        kind: NetworkPolicy
        metadata: {name: web, namespace: shop}
        spec:
          podSelector: {matchLabels: {app: web}}
          policyTypes: [Egress]
          egress: [{to: [{ipBlock: {cidr: 192.0.2.0/24}}]}]
        """;

    public override string Cure => """
        apiVersion: v1
        kind: Pod
        metadata: {name: web, namespace: shop, labels: {app: web}}
        spec: {containers: [{name: web, image: web}]}
        ---
        apiVersion: discovery.k8s.io/v1
        kind: EndpointSlice
        metadata: {name: kubernetes, namespace: default, labels: {kubernetes.io/service-name: kubernetes}}
        addressType: IPv4
        endpoints: [{addresses: [192.0.2.1]}]
        ports: [{name: https, port: 6443}]
        ---
        apiVersion: networking.k8s.io/v1
        kind: NetworkPolicy
        metadata: {name: web, namespace: shop}
        spec:
          podSelector: {matchLabels: {app: web}}
          policyTypes: [Egress]
          egress: [{to: [{ipBlock: {cidr: 192.0.2.0/24}}]}]
        """;

    internal override IEnumerable<LintFinding> Check(LintContext context)
    {
        var tokens = context.Snapshot.ServiceAccounts.Where(static account => account.MountsToken is not null)
            .ToDictionary(static account => (account.Metadata.Namespace, account.Name), static account => account.MountsToken);
        var servers = Servers(context.Snapshot);
        foreach (var grant in context.Addresses.All)
        {
            if (grant.Subjects.IsEmpty || !LeadsThere(context, grant, servers, out var where) || !AllLackTokens(grant.Subjects))
                continue;
            yield return Find(grant.Place, $"{context.Names(Members(grant.Subjects))} may reach the API server{where}, and has no token for it.");
        }

        bool AllLackTokens(IndexSet pods)
        {
            foreach (var pod in pods)
            {
                var endpoint = context.Endpoints[pod];
                if ((endpoint.Spec.MountsToken ?? tokens.GetValueOrDefault((endpoint.Namespace, endpoint.Spec.ServiceAccount))) != false)
                    return false;
            }

            return true;
        }
    }

    private static bool LeadsThere(LintContext context, AddressGrant grant, (NetAddress Address, PortSet Ports)[] servers, out string where)
    {
        where = "";
        if (servers.Length == 0)
        {
            return (grant.IsEveryone || grant.In.Any(range => range == AddressRange.AllIPv4 && grant.Except.IsEmpty))
                && !context.Addresses.Reached(grant, new NetAddress(AddressFamilyKind.IPv4, 0), PortSet.Of(Protocol.TCP, UsualPort)).IsEmpty;
        }

        foreach (var (address, ports) in servers)
        {
            if (!grant.Covers(address) || context.Addresses.Reached(grant, address, ports).IsEmpty)
                continue;
            where = $" at {address}";
            return true;
        }

        return false;
    }

    /// <summary>What is behind the Service default/kubernetes.</summary>
    private static (NetAddress Address, PortSet Ports)[] Servers(ClusterSnapshot snapshot) =>
    [
        .. from subset in ApiServerEndpoints.In(snapshot)
           let ports = PortSet.UnionOf([.. subset.Ports.Select(static port => port.Number).OfType<int>().Select(static port => PortSet.Of(Protocol.TCP, port))])
           from address in subset.Addresses.Select(static address => address.Address).OfType<NetAddress>()
           select (address, ports),
    ];

    private static IEnumerable<int> Members(IndexSet pods)
    {
        foreach (var pod in pods)
            yield return pod;
    }
}
