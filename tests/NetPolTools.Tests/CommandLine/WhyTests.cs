using NetPolTools.Tests.Support;

namespace NetPolTools.Tests.CommandLine;

/// <summary><c>kubectl netpol why</c>: each change that can make a connection fail is found.</summary>
public sealed class WhyTests
{
    private const string Before = """
        {apiVersion: v1, kind: Namespace, metadata: {name: shop, labels: {team: red}}}
        ---
        {apiVersion: v1, kind: Namespace, metadata: {name: data}}
        ---
        {apiVersion: v1, kind: Pod, metadata: {name: web, namespace: shop, labels: {app: web}}, spec: {containers: [{name: c}]}}
        ---
        {apiVersion: v1, kind: Pod, metadata: {name: db, namespace: data, labels: {app: db}}, spec: {containers: [{name: c}]}}
        ---
        {apiVersion: v1, kind: Service, metadata: {name: db, namespace: data}, spec: {selector: {app: db}, ports: [{port: 80, targetPort: 3306}]}}
        ---
        apiVersion: networking.k8s.io/v1
        kind: NetworkPolicy
        metadata: {name: db, namespace: data}
        spec:
          podSelector: {matchLabels: {app: db}}
          ingress:
          - from: [{namespaceSelector: {matchLabels: {team: red}}, podSelector: {matchLabels: {app: web}}}]
            ports: [{port: 3306}]
        """;

    [Theory]
    [InlineData("labels: {team: red}", "labels: {team: blue}", "~Namespace shop (NEXT:1:1): label team=red -> team=blue")]
    [InlineData("labels: {app: web}}, spec", "labels: {app: site}}, spec", "~Pod shop/web (NEXT:5:1): label app=web -> app=site")]
    [InlineData("ports: [{port: 3306}]", "ports: [{port: 3307}]", "~NetworkPolicy data/db (NEXT:11:1)")]
    [InlineData("targetPort: 3306", "targetPort: 3307", "~Service data/db (NEXT:9:1): ports TCP 80 to 3306 -> TCP 80 to 3307")]
    public void The_change_that_is_responsible_is_named(string was, string becomes, string expected)
    {
        using var folder = new ManifestFolder();
        var (before, after) = (folder.Write("before.yaml", Before), folder.Write("after.yaml", Before.Replace(was, becomes, StringComparison.Ordinal)));
        var run = Netpol.Run(null, "why", before, after, "--from", "shop/web", "--to", "data/svc/db", "--cni", "enforcing");
        Assert.True(run.ExitCode == 0, run.ToString());
        Assert.StartsWith("before: shop/web may reach data/svc/db: TCP 3306\nafter: shop/web may not reach data/svc/db\nThis change makes the difference",
            run.Output, StringComparison.Ordinal);
        Assert.Equal($"    {expected.Replace("NEXT", after, StringComparison.Ordinal)}", run.OutputLines[3]);
    }

    private const string CidrGroup = """
        {apiVersion: cilium.io/v2, kind: CiliumCIDRGroup, metadata: {name: partners}, spec: {externalCIDRs: [203.0.113.0/24]}}
        ---
        apiVersion: cilium.io/v2
        kind: CiliumNetworkPolicy
        metadata: {name: db, namespace: data}
        spec: {endpointSelector: {matchLabels: {app: db}}, ingress: [{fromCIDRSet: [{cidrGroupRef: partners}]}]}
        """;

    [Theory]
    [InlineData(SetsOfAddresses.NetworkSet, "203.0.113.0/24", "192.0.2.0/24",
        "~GlobalNetworkSet partners (NEXT:3:1): without 203.0.113.0/24, with 192.0.2.0/24")]
    [InlineData(SetsOfAddresses.NetworkSet, "role: partner}", "role: former}", "~GlobalNetworkSet partners (NEXT:3:1): label role=partner -> role=former")]
    [InlineData(CidrGroup, "203.0.113.0/24", "192.0.2.0/24", "~CiliumCIDRGroup partners (NEXT:3:1): without 203.0.113.0/24, with 192.0.2.0/24")]
    public void A_set_of_addresses_is_named_and_not_the_policy_that_names_it(string objects, string was, string becomes, string expected)
    {
        using var folder = new ManifestFolder();
        var before = folder.Write("before.yaml", SetsOfAddresses.Database + objects);
        var after = folder.Write("after.yaml", SetsOfAddresses.Database + objects.Replace(was, becomes, StringComparison.Ordinal));
        var run = Netpol.Run(null, "why", before, after, "--from", "203.0.113.7", "--to", "data/db");
        Assert.Equal($"    {expected.Replace("NEXT", after, StringComparison.Ordinal)}", run.OutputLines[3]);
    }

    /// <summary>An end that is gone is what broke the connection, and no mistake of the question.</summary>
    [Theory]
    [InlineData("metadata: {name: db, namespace: data}, spec: {selector", "metadata: {name: store, namespace: data}, spec: {selector", "data/svc/db", "",
        "data/svc/db is not there", "-Service data/db (BEFORE:9:1)")]
    [InlineData("port: 80,", "port: 81,", "data/svc/db", "80", "Service data/db: The Service leads nowhere that could be asked about: it has no such port; its "
        + "ports are 81", "~Service data/db (AFTER:9:1): ports TCP 80 to 3306 -> TCP 81 to 3306")]
    [InlineData("selector: {app: db}, ports", "selector: {app: none}, ports", "data/svc/db", "", "Service data/db: The Service leads nowhere that could be "
        + "asked about: no pod of its namespace matches its selector app=none", "~Service data/db (AFTER:9:1): selector app=db -> app=none")]
    [InlineData("name: db, namespace: data, labels: {app: db}}", "name: db-2, namespace: data, labels: {app: db}}", "data/db", "", "data/db is not there",
        "-Pod data/db (BEFORE:7:1)")]
    public void An_end_that_is_gone_is_the_cause(string was, string becomes, string to, string port, string missing, string expected)
    {
        using var folder = new ManifestFolder();
        var (before, after) = (folder.Write("before.yaml", Before), folder.Write("after.yaml", Before.Replace(was, becomes, StringComparison.Ordinal)));
        string[] question = ["--from", "shop/web", "--to", to, "--cni", "enforcing", .. port.Length > 0 ? new[] { "--port", port } : []];
        var run = Netpol.Run(null, ["why", before, after, .. question]);
        Assert.True(run.ExitCode == 0, run.ToString());
        Assert.Equal($"after: shop/web does not reach {to}: {missing}", run.OutputLines[1]);
        Assert.Equal(
            $"    {expected.Replace("BEFORE", before, StringComparison.Ordinal).Replace("AFTER", after, StringComparison.Ordinal)}", run.OutputLines[3]);

        // The other way round it came with the change.
        var opened = Netpol.Run(null, ["why", after, before, .. question]);
        Assert.Equal($"before: shop/web does not reach {to}: {missing}", opened.OutputLines[0]);
    }

    /// <summary>Where the input does not say where a Service leads, nothing is known of who reaches it.</summary>
    [Theory]
    [InlineData("spec: {selector: {app: db}, ports: [{port: 80, targetPort: 3306}]}", "spec: {ports: [{port: 80}]}")]
    [InlineData("spec: {selector: {app: db}, ports: [{port: 80, targetPort: 3306}]}", "spec: {type: ExternalName, externalName: db.example.com}")]
    public void A_Service_that_may_lead_anywhere_is_no_answer(string was, string becomes)
    {
        using var folder = new ManifestFolder();
        var (before, after) = (folder.Write("before.yaml", Before), folder.Write("after.yaml", Before.Replace(was, becomes, StringComparison.Ordinal)));
        var run = Netpol.Run(null, "why", before, after, "--from", "shop/web", "--to", "data/svc/db", "--cni", "enforcing");
        Assert.Equal((2, ""), (run.ExitCode, run.Output));
        Assert.Contains("leads nowhere that could be asked about", run.Errors, StringComparison.Ordinal);
    }

    private const string Deployed = """
        {apiVersion: apps/v1, kind: Deployment, metadata: {name: web, namespace: shop}, spec: {selector: {matchLabels: {app: web}}, template: {metadata: {
          labels: {app: web}}, spec: {containers: [{name: c}]}}}}
        ---
        {apiVersion: apps/v1, kind: ReplicaSet, metadata: {name: web-1, namespace: shop, ownerReferences: [{kind: Deployment, name: web, controller: true}]}}
        ---
        {apiVersion: v1, kind: Pod, metadata: {name: web-1-a, namespace: shop, labels: {app: web}, ownerReferences: [{kind: ReplicaSet, name: web-1, controller:
          true}]}, spec: {containers: [{name: c}]}, status: {phase: Running, conditions: [{type: Ready, status: "True"}]}}
        ---
        {apiVersion: v1, kind: Pod, metadata: {name: web-1-b, namespace: shop, labels: {app: web}, ownerReferences: [{kind: ReplicaSet, name: web-1, controller:
          true}]}, spec: {containers: [{name: c}]}, status: {phase: Running, conditions: [{type: Ready, status: "True"}]}}
        ---
        {apiVersion: v1, kind: Pod, metadata: {name: client, namespace: shop, labels: {app: client}}, spec: {containers: [{name: c}]}}
        ---
        {apiVersion: v1, kind: Service, metadata: {name: web, namespace: shop}, spec: {selector: {app: web}, ports: [{port: 80}]}}
        ---
        {apiVersion: networking.k8s.io/v1, kind: NetworkPolicy, metadata: {name: out, namespace: shop}, spec: {podSelector: {matchLabels: {app: client}},
          policyTypes: [Egress], egress: [{to: [{podSelector: {matchLabels: {app: web}}}]}]}}
        """;

    /// <summary>Labels that somebody puts on pods are on no workload, and a pod that is not ready is behind no Service.</summary>
    [Theory]
    [InlineData("metadata: {name: web-1-a, namespace: shop, labels: {app: web}", "metadata: {name: web-1-a, namespace: shop, labels: {app: old}",
        "shop/web-1-a", "pod web-1-a: label app=web -> app=old")]
    [InlineData("status: \"True\"", "status: \"False\"", "shop/svc/web", "all pods: ready -> not ready")]
    public void What_changed_in_the_pods_of_a_workload_is_told(string was, string becomes, string to, string expected)
    {
        using var folder = new ManifestFolder();
        var (before, after) = (folder.Write("before.yaml", Deployed), folder.Write("after.yaml", Deployed.Replace(was, becomes, StringComparison.Ordinal)));
        var run = Netpol.Run(null, "why", before, after, "--from", "shop/client", "--to", to, "--cni", "enforcing");
        Assert.True(run.ExitCode == 0, run.ToString());
        Assert.Equal($"    ~Deployment shop/web ({after}:1:1): {expected}", run.OutputLines[3]);
    }

    [Fact]
    public void A_policy_that_is_new_and_one_that_is_gone_are_named()
    {
        using var folder = new ManifestFolder();
        var before = folder.Write("before.yaml", Before);
        var added = folder.Write("added.yaml",
            "{apiVersion: networking.k8s.io/v1, kind: NetworkPolicy, metadata: {name: out, namespace: shop}, spec: {podSelector: {}, policyTypes: [Egress]}}");
        var run = Netpol.Run(null, "why", before, added, "--apply", "--from", "shop/web", "--to", "data/db", "--port", "3306", "--cni", "enforcing");
        Assert.Equal($"    +NetworkPolicy shop/out ({added}:1:1)", run.OutputLines[3]);

        // The other way round it opens, for the same change.
        var both = folder.Write("both.yaml", Before + "\n---\n" + File.ReadAllText(added));
        var opened = Netpol.Run(null, "why", both, before, "--from", "shop/web", "--to", "data/db", "--port", "3306", "--cni", "enforcing");
        Assert.StartsWith("    -NetworkPolicy shop/out (", opened.OutputLines[3], StringComparison.Ordinal);
    }

    /// <summary>Egress is closed by one policy and ingress by another change: undoing one of them is not enough.</summary>
    [Fact]
    public void Changes_that_are_enough_only_together_are_named_together()
    {
        using var folder = new ManifestFolder();
        var before = folder.Write("before.yaml", Before);
        var after = folder.Write("after.yaml", Before.Replace("team: red}}}", "team: blue}}}", StringComparison.Ordinal) + "\n---\n"
            + "{apiVersion: networking.k8s.io/v1, kind: NetworkPolicy, metadata: {name: out, namespace: shop}, spec: {podSelector: {}, policyTypes: [Egress]}}");
        var json = Netpol.Run(null, "why", before, after, "--from", "shop/web", "--to", "data/db", "--cni", "enforcing", "-o", "json").Json
            .GetProperty("outcomes")[0];
        Assert.True(json.GetProperty("isSmallest").GetBoolean());
        Assert.Equal(["Namespace", "NetworkPolicy"], Assert.Single(json.GetProperty("causes").EnumerateArray()).EnumerateArray()
            .Select(static change => change.GetProperty("object").GetProperty("kind").GetString()));
    }

    /// <summary>A plugin that does not enforce policies takes the place of one that does.</summary>
    [Fact]
    public void Another_network_plugin_is_a_change()
    {
        using var folder = new ManifestFolder();
        var flannel = File.ReadAllText(Repository.Manifests("cni", "flannel.yaml"));
        var closed = Before.Replace("team: red}}, podSelector", "team: green}}, podSelector", StringComparison.Ordinal);
        var (before, after) = (folder.Write("before.yaml", $"{flannel}\n---\n{closed}"), folder.Write("after.yaml", closed));
        var run = Netpol.Run(null, "why", before, after, "--from", "shop/web", "--to", "data/db");
        Assert.Contains("-network plugin", run.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("shop/web", "data/db", "Policies allow it before and after. If it fails, look elsewhere.")]
    [InlineData("data/db", "shop/web", "No policy governs it, neither before nor after. If it fails, look elsewhere.")]
    public void Where_no_policy_is_the_cause_it_says_so(string from, string to, string conclusion)
    {
        using var folder = new ManifestFolder();
        var before = folder.Write("before.yaml", Before);
        var (code, output, _) = Netpol.Run(null, "why", before, before, "--from", from, "--to", to, "--cni", "enforcing");
        Assert.Equal(0, code);
        Assert.Contains(conclusion, output, StringComparison.Ordinal);
    }

    [Fact]
    public void What_was_denied_before_has_no_cause()
    {
        using var folder = new ManifestFolder();
        var before = folder.Write("before.yaml", Before);
        Assert.Contains("Policies denied it before, too",
            Netpol.Run(null, "why", before, before, "--from", "shop/web", "--to", "data/db", "--port", "22", "--cni", "enforcing").Output,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--from", "web")]
    [InlineData("--from", "nobody", "--to", "db")]
    [InlineData("--from", "web", "--to", "db", "--context", "prod")]
    public void What_has_no_answer_is_refused(params string[] arguments)
    {
        var (code, output, errors) = Netpol.Run(null, ["why", Netpol.ThreeTier, Netpol.ThreeTier, .. arguments]);
        Assert.Equal(2, code);
        Assert.Empty(output);
        Assert.NotEmpty(errors);
    }
}
