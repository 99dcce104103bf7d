using NetPolTools.Authoring;
using NetPolTools.Authoring.Denying;
using NetPolTools.Diagnostics;
using NetPolTools.Listing;
using NetPolTools.Objects;
using NetPolTools.Sets;
using NetPolTools.Snapshot;
using NetPolTools.Tests.Support;

namespace NetPolTools.Tests.Authoring;

public sealed class DefaultDenyTests
{
    private static readonly Cluster Shop = Given.Cluster(
        Given.Namespace("shop"),
        Given.Pod("shop/web", "app: web"),
        Given.Pod("shop/api", "app: api"),
        Given.Pod("other/client", "app: client"),
        Given.Pod("kube-system/coredns", "k8s-app: kube-dns"),
        Given.Pod("kube-system/metrics-server", "k8s-app: metrics-server"),
        Given.Pod("ingress-nginx/controller", "app.kubernetes.io/name: ingress-nginx, app.kubernetes.io/component: controller"),
        Given.Pod("monitoring/prometheus-0", "app.kubernetes.io/name: prometheus"),
        Given.Pod("monitoring/grafana", "app.kubernetes.io/name: grafana"));

    [Fact]
    public void A_default_deny_of_both_directions_leaves_nothing_open()
    {
        var closed = Closed(new DefaultDenyOptions());
        Assert.Equal("None", closed.Ports("shop/web", "shop/api"));
        Assert.Equal("None", closed.Ports("shop/web", "other/client"));
        Assert.Equal("None", closed.Ports("other/client", "shop/web"));
        Assert.Equal("None", closed.Ports("shop/web", "192.0.2.1"));
        Assert.Equal("None", closed.Ports("192.0.2.1", "shop/web"));
        Assert.Equal("All", closed.Ports("other/client", "kube-system/coredns"));
    }

    [Fact]
    public void What_admin_policies_let_past_a_default_deny_or_deny_of_what_it_leaves_open_is_said()
    {
        static string Policy(string name, int priority, string rules) =>
            $"{{apiVersion: policy.networking.k8s.io/v1alpha2, kind: ClusterNetworkPolicy, metadata: {{name: {name}}}, spec: {{tier: Admin, priority: "
                + $"{priority}, subject: {{namespaces: {{}}}}, {rules}}}}}";
        string[] pods = [Given.Namespace("shop"), Given.Pod("shop/web", "app: web"), Given.Pod("kube-system/coredns", "k8s-app: kube-dns"),
            Given.Pod("ops/probe", "app: probe")];
        var scrape = Policy("scrape", 1, "ingress: [{action: Accept, from: [{namespaces: {matchLabels: {kubernetes.io/metadata.name: ops}}}]}]");
        var noDns = Policy("no-dns", 2, "egress: [{action: Deny, to: [{pods: {namespaceSelector: {}, podSelector: {matchLabels: {k8s-app: kube-dns}}}}]}]");
        var cluster = Given.Cluster([.. pods, scrape, noDns]);
        var options = new DefaultDenyOptions { AllowDns = true };
        Assert.Equal(
        [
            "ClusterNetworkPolicy scrape allows some ingress of namespace shop, and no NetworkPolicy can close it.",
            "NetworkPolicy shop/allow-dns leaves open some egress that ClusterNetworkPolicy no-dns denies; no NetworkPolicy can open it.",
        ], Problems(options, cluster.Snapshot).Where(static problem => problem.Id == DiagnosticId.NotAsAsked).Select(static problem => problem.Message));
        Assert.DoesNotContain(Problems(options with { Direction = DenyDirection.Egress }, cluster.Snapshot), static problem =>
            problem.Message.Contains("ingress of", StringComparison.Ordinal));
        Assert.DoesNotContain(Problems(options, Given.Cluster([.. pods, noDns.Replace("Deny", "Pass", StringComparison.Ordinal)]).Snapshot), static problem =>
            problem.Id == DiagnosticId.NotAsAsked);
    }

    [Theory]
    [InlineData(DenyDirection.Ingress, "None", "All")]
    [InlineData(DenyDirection.Egress, "All", "None")]
    public void One_direction_alone_leaves_the_other_open(DenyDirection direction, string into, string outOf)
    {
        var closed = Closed(new DefaultDenyOptions { Direction = direction });
        Assert.Equal(into, closed.Ports("other/client", "shop/web"));
        Assert.Equal(outOf, closed.Ports("shop/web", "other/client"));
    }

    [Theory]
    [InlineData(DenyDirection.Both, "default-deny", "Ingress,Egress")]
    [InlineData(DenyDirection.Ingress, "default-deny-ingress", "Ingress")]
    [InlineData(DenyDirection.Egress, "default-deny-egress", "Egress")]
    public void Policy_types_are_always_spelled_out_since_absent_ones_leave_egress_open(DenyDirection direction, string name, string types)
    {
        var policy = Assert.Single(Policies(new DefaultDenyOptions { Direction = direction }));
        Assert.Equal((name, types), (policy.Name, string.Join(',', policy.PolicyTypes!)));
    }

    [Fact]
    public void With_DNS_allowed_a_pod_reaches_the_DNS_pods_on_port_53_of_UDP_and_TCP_and_nothing_else()
    {
        var closed = Closed(new DefaultDenyOptions { AllowDns = true });
        Assert.Equal("TCP 53 UDP 53", closed.Ports("shop/web", "kube-system/coredns"));
        Assert.Equal("None", closed.Ports("shop/web", "kube-system/metrics-server"));
        Assert.Equal("None", closed.Ports("shop/web", "shop/api"));
        Assert.Equal("None", closed.Ports("shop/web", "192.0.2.1"));
    }

    [Fact]
    public void NodeLocal_DNS_is_an_address_since_its_pods_use_their_nodes_network()
    {
        var closed = Closed(new DefaultDenyOptions { AllowDns = true, DnsProviders = [DnsProvider.NodeLocal] });
        Assert.Equal("TCP 53 UDP 53", closed.Ports("shop/web", "169.254.20.10"));
        Assert.Equal("None", closed.Ports("shop/web", "169.254.20.11"));
        Assert.Equal("None", closed.Ports("shop/web", "kube-system/coredns"));
    }

    [Fact]
    public void NodeLocal_DNS_in_the_input_is_found_with_the_address_of_the_DNS_Service_that_it_also_listens_on()
    {
        var cluster = Given.Cluster(
            Given.Pod("shop/web"),
            Given.Pod("kube-system/coredns", "k8s-app: kube-dns"),
            Given.Pod("kube-system/node-local-dns-x", "k8s-app: node-local-dns", "hostNetwork: true"),
            Given.Service("kube-system/kube-dns",
                "clusterIP: 10.96.0.10, clusterIPs: [10.96.0.10, 'fd00::a'], selector: {k8s-app: kube-dns}, ports: [{port: 53, protocol: UDP}]"));
        var closed = cluster.With(Policies(new DefaultDenyOptions { AllowDns = true }, cluster.Snapshot));
        Assert.All(["169.254.20.10", "kube-system/coredns"], resolver => Assert.Equal("TCP 53 UDP 53", closed.Ports("shop/web", resolver)));

        // Asked about, the address of a Service means the pods behind it; the cache on the node takes what is sent to the address.
        var web = Enumerable.Range(0, closed.Map.Endpoints.PodCount).Single(pod => closed.Map.Endpoints[pod].PodName == "web");
        Assert.All(["10.96.0.10", "fd00::a"], address =>
            Assert.Equal("TCP 53 UDP 53", closed.Map.EgressOf(web)!.PortsFor(closed.Map.Endpoints.IndexOfAddress(NetAddress.Parse(address))).ToString()));
        Assert.Equal("None", closed.Ports("shop/web", "10.96.0.1"));
    }

    [Fact]
    public void OpenShifts_DNS_is_found_by_its_namespace_and_listens_on_5353()
    {
        var cluster = Given.Cluster(Given.Pod("shop/web"), Given.Pod("openshift-dns/dns-default-x", "dns.operator.openshift.io/daemonset-dns: default"));
        var closed = cluster.With(Policies(new DefaultDenyOptions { AllowDns = true }, cluster.Snapshot));
        Assert.Equal("TCP 5353 UDP 5353", closed.Ports("shop/web", "openshift-dns/dns-default-x"));
    }

    [Fact]
    public void Further_resolvers_are_addresses_or_blocks()
    {
        var closed = Closed(new DefaultDenyOptions { AllowDns = true, DnsAddresses = ["192.0.2.53", "198.51.100.0/30"] });
        Assert.Equal("TCP 53 UDP 53", closed.Ports("shop/web", "192.0.2.53"));
        Assert.Equal("TCP 53 UDP 53", closed.Ports("shop/web", "198.51.100.3"));
        Assert.Equal("None", closed.Ports("shop/web", "198.51.100.4"));
    }

    [Fact]
    public void The_same_namespace_is_that_of_the_policy_and_no_other()
    {
        var closed = Closed(new DefaultDenyOptions { AllowSameNamespace = true });
        Assert.Equal("All", closed.Ports("shop/web", "shop/api"));
        Assert.Equal("None", closed.Ports("shop/web", "other/client"));
        Assert.Equal("None", closed.Ports("other/client", "shop/web"));
    }

    [Fact]
    public void The_ingress_controller_comes_to_every_port_where_nothing_tells_which()
    {
        var closed = Closed(new DefaultDenyOptions { IngressController = new AllowedClient() });
        Assert.Equal("All", closed.Ports("ingress-nginx/controller", "shop/web"));
        Assert.Equal("None", closed.Ports("monitoring/prometheus-0", "shop/web"));
    }

    [Fact]
    public void The_ingress_controller_comes_to_the_pod_ports_that_Ingresses_lead_to_never_to_the_port_of_the_Service()
    {
        var cluster = Given.Cluster(
            Given.Pod("shop/web", "app: web", "containers: [{name: main, ports: [{name: http, containerPort: 8080}]}]"),
            Given.Pod("edge/traefik-x", "app.kubernetes.io/name: traefik"),
            Given.Pod("edge/other", "app: other"),
            Given.Service("shop/web", "selector: {app: web}, ports: [{port: 80, targetPort: http}]"),
            Given.Ingress("shop/web", "web", "number: 80"));
        var closed = cluster.With(Policies(new DefaultDenyOptions { IngressController = new AllowedClient() }, cluster.Snapshot));
        Assert.Equal("TCP 8080", closed.Ports("edge/traefik-x", "shop/web"));
        Assert.Equal("None", closed.Ports("edge/other", "shop/web"));
    }

    [Fact]
    public void An_ingress_controller_on_its_nodes_network_is_let_in_by_the_addresses_of_all_nodes()
    {
        const string Nodes = """
            apiVersion: v1
            kind: NodeList
            items:
            - {metadata: {name: a}, status: {addresses: [{type: InternalIP, address: 192.0.2.1}]}}
            - {metadata: {name: b}, status: {addresses: [{type: InternalIP, address: 192.0.2.2}]}}
            """;
        var cluster = Given.Cluster(
            Given.Pod("shop/web"), Given.Pod("ingress/nginx-x", "name: nginx-ingress-microk8s", "hostNetwork: true, nodeName: a"), Nodes);
        var closed = cluster.With(Policies(new DefaultDenyOptions { IngressController = new AllowedClient() }, cluster.Snapshot));
        Assert.Equal("All", closed.Ports("ingress/nginx-x", "shop/web"));
        Assert.Equal("All", closed.Ports("192.0.2.2", "shop/web"));
        Assert.Equal("None", closed.Ports("192.0.2.3", "shop/web"));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_client_on_the_network_of_unknown_nodes_is_an_error_and_nothing_is_written_since_no_peers_would_mean_everyone(bool isController)
    {
        var cluster = Given.Cluster(
            Given.Pod("shop/web"),
            Given.Pod("ingress/nginx-x", "name: nginx-ingress-microk8s", "hostNetwork: true"),
            Given.Pod("monitoring/prometheus-0", "app: prometheus", "hostNetwork: true"));
        var options = new DefaultDenyOptions { Direction = DenyDirection.Ingress };
        var recipe = new DefaultDeny(
            isController ? options with { IngressController = new AllowedClient() } : options with { Monitoring = new AllowedClient() }, cluster.Snapshot);
        Assert.Empty(recipe.For("shop"));
        Assert.Equal((DiagnosticId.UnknownAddress, DiagnosticSeverity.Error), (recipe.Problems[0].Id, recipe.Problems[0].Severity));
    }

    [Theory]
    [InlineData("edge", null, "All")]
    [InlineData(null, "app.kubernetes.io/name=traefik", "All")]
    [InlineData("edge", "app=other", "None")]
    public void What_is_told_of_a_client_narrows_what_the_input_shows(string? ns, string? pods, string ports)
    {
        var cluster = Given.Cluster(
            Given.Pod("shop/web"), Given.Pod("edge/traefik-x", "app.kubernetes.io/name: traefik"), Given.Pod("edge/other", "app: other"));
        var client = new AllowedClient { Namespace = ns, Pods = pods is null ? null : LabelSelectorText.Parse(pods) };
        var closed = cluster.With(Policies(new DefaultDenyOptions { IngressController = client }, cluster.Snapshot));
        Assert.Equal(ports, closed.Ports("edge/traefik-x", "shop/web"));
    }

    [Fact]
    public void A_client_that_the_input_does_not_show_is_guessed_and_that_is_said()
    {
        var problem = Assert.Single(Problems(
            new DefaultDenyOptions { Direction = DenyDirection.Ingress, Monitoring = new AllowedClient() }, Given.Cluster(Given.Pod("shop/web")).Snapshot));
        Assert.Equal((DiagnosticId.NoMatch, DiagnosticSeverity.Warning), (problem.Id, problem.Severity));
    }

    [Fact]
    public void DNS_is_allowed_on_the_port_that_its_Service_leads_to()
    {
        var cluster = Given.Cluster(
            Given.Pod("shop/web"),
            Given.Pod("kube-system/coredns", "k8s-app: kube-dns"),
            Given.Service("kube-system/kube-dns",
                "selector: {k8s-app: kube-dns}, ports: [{name: a, port: 53, protocol: UDP, targetPort: 1053}, {name: b, port: 53, targetPort: 1053}, "
                + "{name: m, port: 9153}]"));
        var closed = cluster.With(Policies(new DefaultDenyOptions { AllowDns = true }, cluster.Snapshot));
        Assert.Equal("TCP 1053 UDP 1053", closed.Ports("shop/web", "kube-system/coredns"));
    }

    [Fact]
    public void A_policy_of_the_cluster_that_would_be_replaced_is_warned_of()
    {
        var cluster = Given.Cluster(Given.Policy("podSelector: {}\ningress: [{}]", "shop/default-deny"));
        Assert.Contains(Problems(new DefaultDenyOptions(), cluster.Snapshot), static problem => problem.Id == DiagnosticId.ReplacesPolicy);
        Assert.DoesNotContain(
            Problems(new DefaultDenyOptions { Name = "other" }, cluster.Snapshot), static problem => problem.Id == DiagnosticId.ReplacesPolicy);
    }

    [Fact]
    public void A_client_told_by_namespace_labels_and_ports_is_just_that()
    {
        var client = new AllowedClient
        {
            Namespace = "monitoring",
            Pods = LabelSelectorText.Parse("app.kubernetes.io/name=grafana"),
            Ports = [NetworkPolicyPortText.Parse("9090")]
        };
        var closed = Closed(new DefaultDenyOptions { Monitoring = client });
        Assert.Equal("TCP 9090", closed.Ports("monitoring/grafana", "shop/web"));
        Assert.Equal("None", closed.Ports("monitoring/prometheus-0", "shop/web"));
    }

    [Theory]
    [InlineData("metrics/p", "app.kubernetes.io/name: prometheus")]
    [InlineData("monitoring/p", "app: prometheus")]
    public void Prometheus_is_found_by_its_labels_wherever_it_runs(string name, string labels)
    {
        var cluster = Given.Cluster(Given.Pod("shop/web"), Given.Pod(name, labels), Given.Pod("metrics/other"));
        var closed = cluster.With(Policies(new DefaultDenyOptions { Monitoring = new AllowedClient() }, cluster.Snapshot));
        Assert.Equal("All", closed.Ports(name, "shop/web"));
        Assert.Equal("None", closed.Ports("metrics/other", "shop/web"));
    }

    [Fact]
    public void The_API_server_is_the_addresses_behind_its_Service_on_their_real_port()
    {
        const string Slice = """
            apiVersion: discovery.k8s.io/v1
            kind: EndpointSlice
            metadata: {name: kubernetes, namespace: default, labels: {kubernetes.io/service-name: kubernetes}}
            addressType: IPv4
            endpoints: [{addresses: [192.0.2.10]}, {addresses: [192.0.2.11]}]
            ports: [{name: https, port: 6443, protocol: TCP}]
            """;
        var cluster = Given.Cluster(Given.Pod("shop/web"), Slice);
        var closed = cluster.With(Policies(new DefaultDenyOptions { AllowApiServer = true }, cluster.Snapshot));
        Assert.Equal("TCP 6443", closed.Ports("shop/web", "192.0.2.10"));
        Assert.Equal("TCP 6443", closed.Ports("shop/web", "192.0.2.11"));
        Assert.Equal("None", closed.Ports("shop/web", "192.0.2.12"));
        var onOther = cluster.With(Policies(new DefaultDenyOptions { AllowApiServer = true, ApiServerPorts = [7443] }, cluster.Snapshot));
        Assert.Equal("TCP 7443", onOther.Ports("shop/web", "192.0.2.10"));
    }

    [Fact]
    public void An_API_server_that_nobody_knows_is_an_error_and_nothing_is_closed()
    {
        var recipe = new DefaultDeny(new DefaultDenyOptions { AllowDns = true, AllowApiServer = true }, Shop.Snapshot);
        Assert.Empty(recipe.For("shop"));
        var problem = Assert.Single(recipe.Problems);
        Assert.Equal((DiagnosticId.UnknownAddress, DiagnosticSeverity.Error), (problem.Id, problem.Severity));
    }

    [Fact]
    public void Only_the_pods_that_are_selected_are_closed()
    {
        var closed = Closed(new DefaultDenyOptions { PodSelector = LabelSelectorText.Parse("app=web"), AllowDns = true });
        Assert.Equal("None", closed.Ports("other/client", "shop/web"));
        Assert.Equal("All", closed.Ports("other/client", "shop/api"));
    }

    [Fact]
    public void Exceptions_come_as_policies_of_their_own()
    {
        var all = Everything;
        Assert.Equal(
            ["default-deny", "allow-dns", "allow-same-namespace", "allow-api-server", "allow-monitoring", "allow-ingress-controller"],
            Policies(all).Select(static policy => policy.Name));
        Assert.Equal(["strict", "strict-allow-dns"], Policies(new DefaultDenyOptions { Name = "strict", AllowDns = true })
            .Select(static policy => policy.Name));
    }

    [Fact]
    public void Or_all_in_one_which_means_the_same()
    {
        Assert.Single(Policies(Everything with { SinglePolicy = true }));
        var (apart, together) = (Closed(Everything), Closed(Everything with { SinglePolicy = true }));
        Assert.Empty(Compared.Changes(apart, together));
        Assert.NotEmpty(Compared.Changes(Shop, together));
    }

    [Fact]
    public void What_lies_in_a_direction_that_stays_open_needs_no_exception_and_is_told()
    {
        var options = Everything with { Direction = DenyDirection.Ingress };
        var recipe = new DefaultDeny(options, Shop.Snapshot);
        Assert.Equal(["default-deny-ingress", "allow-same-namespace", "allow-monitoring", "allow-ingress-controller"], recipe.For("shop")
            .Select(static policy => policy.Name));
        Assert.Empty(recipe.Problems);
        Assert.Equal(
            ["Egress stays open, so there is nothing to allow for DNS.", "Egress stays open, so there is nothing to allow for the API server."],
            options.WithoutEffect());
        Assert.Equal(
            ["the ingress controller.", "monitoring."],
            (Everything with { Direction = DenyDirection.Egress }).WithoutEffect().Select(static told => told.Split(" for ")[1]));
        Assert.Empty(Everything.WithoutEffect());
        Assert.Contains("single policy anyway", Assert.Single(
            new DefaultDenyOptions { As = DenyPolicyKind.ClusterNetworkPolicy, SinglePolicy = true }.WithoutEffect()));
    }

    [Fact]
    public void To_close_egress_and_DNS_with_it_is_warned_of_once()
    {
        var recipe = new DefaultDeny(new DefaultDenyOptions(), Shop.Snapshot);
        recipe.For("shop");
        recipe.For("other");
        Assert.Equal(DiagnosticId.DnsDenied, Assert.Single(recipe.Problems).Id);
    }

    [Theory]
    [InlineData("flannel.yaml", "would have no effect")]
    [InlineData("microk8s-nodes-only.yaml", "may have no effect")]
    public void A_network_plugin_that_does_not_enforce_is_warned_of(string cluster, string words)
    {
        var recipe = new DefaultDeny(
            new DefaultDenyOptions { Direction = DenyDirection.Ingress }, Cluster.OfPaths(Repository.Manifests("cni", cluster)).Snapshot);
        Assert.NotEmpty(recipe.For("shop"));
        var problem = Assert.Single(recipe.Problems);
        Assert.Equal(DiagnosticId.PoliciesNotEnforced, problem.Id);
        Assert.Contains(words, problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void One_that_enforces_is_not() =>
        Assert.Empty(Problems(
            new DefaultDenyOptions { Direction = DenyDirection.Ingress }, Cluster.OfPaths(Repository.Manifests("cni", "microk8s-ha.yaml")).Snapshot));

    [Theory]
    [InlineData("Shop", "default-deny", "metadata.namespace")]
    [InlineData("shop", "Default_Deny", "metadata.name")]
    public void What_the_API_server_would_refuse_is_an_error_with_the_field(string ns, string name, string path)
    {
        var recipe = new DefaultDeny(new DefaultDenyOptions { Direction = DenyDirection.Ingress, Name = name }, Shop.Snapshot);
        Assert.Empty(recipe.For(ns));
        Assert.Equal(path, Assert.Single(recipe.Problems).FieldPath);
    }

    [Fact]
    public void In_every_example_from_the_documentation_pods_still_reach_DNS_and_nothing_else()
    {
        var dns = Given.Cluster(Given.Pod("kube-system/coredns-x", "k8s-app: kube-dns"));
        foreach (var example in Directory.EnumerateDirectories(Repository.Example()).Where(static folder => Path.GetFileName(folder) != "broken"))
        {
            // Policies add up: what those of the example allow would stay open.
            var open = dns.With(Cluster.OfPaths(example).Snapshot.Objects().Where(static found => found is not NetworkPolicy));
            var namespaces = DenyNamespaces.Pick([], [], open.Snapshot, out _);
            var closed = open.With(namespaces.SelectMany(new DefaultDeny(new DefaultDenyOptions { AllowDns = true }, open.Snapshot).For));

            // A pod's own node is always open to it, and its line says so.
            var sent = closed.List(new ConnectionQuery { By = GroupBy.Pod })
                .Where(line => namespaces.Contains(line.Source.Namespace) && !line.Notes.Any(static note => note.Contains("node", StringComparison.Ordinal)))
                .ToArray();
            Assert.NotEmpty(sent);
            Assert.Empty(sent.Where(static line => line.Destination.Namespace != "kube-system" || line.Ports.ToString() != "TCP 53 UDP 53")
                .Select(line => $"{example}: {line}"));
        }
    }

    private static DefaultDenyOptions Everything => new()
    {
        AllowDns = true,
        AllowSameNamespace = true,
        AllowApiServer = true,
        ApiServerAddresses = ["192.0.2.10"],
        IngressController = new AllowedClient(),
        Monitoring = new AllowedClient(),
    };

    private static IReadOnlyList<Diagnostic> Problems(DefaultDenyOptions options, ClusterSnapshot cluster)
    {
        var recipe = new DefaultDeny(options, cluster);
        recipe.For("shop");
        return recipe.Problems;
    }

    private static Cluster Closed(DefaultDenyOptions options) => Shop.With(Policies(options));

    private static IReadOnlyList<NetworkPolicy> Policies(DefaultDenyOptions options, ClusterSnapshot? cluster = null) =>
        new DefaultDeny(options, cluster ?? Shop.Snapshot).For("shop");
}
