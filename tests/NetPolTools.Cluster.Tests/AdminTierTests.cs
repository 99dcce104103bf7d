using NetPolTools.Cluster.Tests.Support;
using NetPolTools.Diagnostics;
using NetPolTools.Dialects.AdminTiers;
using NetPolTools.Listing;
using NetPolTools.Live;
using NetPolTools.Reachability;
using NetPolTools.Snapshot;

namespace NetPolTools.Cluster.Tests;

/// <summary>Policies of the admin tiers in the cluster as it is now, whatever the way to it.</summary>
public abstract class AdminTierTests : IClassFixture<AdminTierDefinitions>
{
    private const string Pods = """
        ---
        {apiVersion: v1, kind: Pod, metadata: {name: client, labels: {app: client}}, spec: {containers: [{name: c, image: none}]}}
        ---
        {apiVersion: v1, kind: Pod, metadata: {name: server, labels: {app: server}}, spec: {containers: [{name: c, image: none}]}}
        """;

    [ClusterFact]
    public void Policies_are_read_and_decide_tier_by_tier()
    {
        using var ns = new TestNamespace();
        ns.Apply(Pods);
        using var allow = new TestPolicy(ns, "AdminNetworkPolicy", "v1alpha1", "priority: 10", Subject(ns), Rule("Allow", "ports: [{portNumber: {port: 80}}]"));
        using var deny = new TestPolicy(
            ns, "ClusterNetworkPolicy", "v1alpha2", "tier: Baseline", "priority: 10", Subject(ns),
                Rule("Deny", "protocols: [{tcp: {destinationPort: {range: {start: 1, end: 90}}}}]"));
        Assert.Equal("TCP 80,91-65535 UDP 1-65535 SCTP 1-65535", Ports(Read(), ns));

        // Before the baseline, but behind what the admin policy has allowed.
        ns.Apply("""
            apiVersion: networking.k8s.io/v1
            kind: NetworkPolicy
            metadata: {name: deny}
            spec: {podSelector: {matchLabels: {app: server}}}
            """);
        Assert.Equal("TCP 80", Ports(Read(), ns));
    }

    [ClusterFact]
    public void A_policy_that_comes_changes_and_goes_is_in_a_later_state()
    {
        using var ns = new TestNamespace();
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        var told = new List<Diagnostic>();
        using var states = new ClusterWatch(new ClusterReading(Open(Connection), ClusterKinds.Reachability)).States(told.Add, static _ => { }, patience.Token)
            .GetEnumerator();
        Assert.True(states.MoveNext());
        using (var policy = new TestPolicy(ns, "ClusterNetworkPolicy", "v1alpha2", "tier: Admin", "priority: 10", Subject(ns), Rule("Deny")))
        {
            Until(static found => found?.Priority == 10);
            policy.SetPriority(20);
            Until(static found => found?.Priority == 20);
        }

        Until(static found => found is null);
        Assert.Empty(told);

        void Until(Predicate<AdminPolicy?> isReached)
        {
            do
                Assert.True(states.MoveNext());
            while (!isReached(states.Current.PolicyObjects.OfType<AdminPolicy>().SingleOrDefault(policy => policy.Name == ns.Name)));
        }
    }

    private protected abstract IClusterReader Open(ClusterConnection connection);

    private static ClusterConnection Connection => new(ClusterConnection.CurrentContext, LiveCluster.Kubeconfig);

    private static string Subject(TestNamespace ns) => $"subject: {{namespaces: {{matchLabels: {{kubernetes.io/metadata.name: {ns.Name}}}}}}}";

    private static string Rule(string action, string ports = "") =>
        $"ingress:\n- action: {action}\n  from: [{{pods: {{namespaceSelector: {{}}, podSelector: {{matchLabels: {{app: client}}}}}}}}]\n  {ports}";

    private ClusterSnapshot Read()
    {
        var builder = new ClusterSnapshotBuilder();
        Assert.True(new ClusterReading(Open(Connection), ClusterKinds.All).ReadInto(builder, static _ => { }, CancellationToken.None));
        return builder.Build();
    }

    private static string Ports(ClusterSnapshot snapshot, TestNamespace ns)
    {
        var query = new ConnectionQuery
        {
            By = GroupBy.Pod,
            From = [EndpointPattern.Parse($"{ns.Name}/client")],
            To = [EndpointPattern.Parse($"{ns.Name}/server")],
            IncludeDenied = true,
        };
        return Assert.Single(new ConnectionLister(ReachabilityMap.Compile(snapshot, new ReachabilityOptions()), query).List()).Ports.ToString();
    }
}
