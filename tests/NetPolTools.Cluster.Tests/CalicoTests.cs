using NetPolTools.Cluster.Tests.Support;
using NetPolTools.Diagnostics;
using NetPolTools.Dialects.Calico;
using NetPolTools.Live;
using NetPolTools.Snapshot;

namespace NetPolTools.Cluster.Tests;

/// <summary>Calico's objects in the form in which a cluster stores them, whatever the way to it.</summary>
public abstract class CalicoTests : IClassFixture<CalicoDefinitions>
{
    private const string Resource = "globalnetworkpolicies.crd.projectcalico.org";

    private static ClusterConnection Connection => new(ClusterConnection.CurrentContext, LiveCluster.Kubeconfig);

    [ClusterFact]
    public void Stored_objects_are_read_with_the_names_and_labels_that_Calico_shows()
    {
        using var ns = new TestNamespace();
        ns.Apply($$"""
            apiVersion: crd.projectcalico.org/v1
            kind: NetworkPolicy
            metadata:
              name: default.{{ns.Name}}
              annotations: {projectcalico.org/metadata: '{"name":"{{ns.Name}}","labels":{"a":"b"} }'}
            spec:
              order: 10.5
              selector: app == 'web'
              types: [Ingress]
              ingress:
              - action: Deny
                protocol: TCP
                destination: {ports: [80, '90:91']}
            ---
            apiVersion: crd.projectcalico.org/v1
            kind: NetworkSet
            metadata: {name: {{ns.Name}}}
            spec: {nets: [10.0.0.0/8]}
            ---
            {apiVersion: v1, kind: ServiceAccount, metadata: {name: robot, labels: {grade: gold} } }
            """);
        var builder = new ClusterSnapshotBuilder();
        Assert.True(new ClusterReading(Open(Connection), ClusterKinds.All).ReadInto(builder, static _ => { }, CancellationToken.None));
        var snapshot = builder.Build();
        var robot = Assert.Single(snapshot.ServiceAccounts, account => account.Metadata.Namespace == ns.Name && account.Name == "robot");
        Assert.Equal("grade=gold", robot.Metadata.Labels.ToString());
        var found = snapshot.PolicyObjects.OfType<CalicoObject>().Where(calico => calico.Name == ns.Name).ToArray();
        var policy = Assert.Single(found.OfType<CalicoPolicy>());
        Assert.Equal((ns.Name, 10.5, $"default.{ns.Name}", true), (policy.Metadata.Namespace, policy.Order, policy.StoredName, policy.IsStorageForm));
        Assert.True(policy.Metadata.Labels.TryGet("a", out _));
        Assert.Equal([new(80), new(90, 91, null)], Assert.Single(policy.Ingress).Destination.Ports);
        Assert.Equal(["10.0.0.0/8"], Assert.Single(found.OfType<CalicoNetworkSet>()).Nets);
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
        try
        {
            ns.Apply($$"""
                apiVersion: crd.projectcalico.org/v1
                kind: GlobalNetworkPolicy
                metadata: {name: {{ns.Name}}}
                spec: {order: 1, selector: has(none)}
                """);
            Until(static found => found?.Order == 1);
            Kubectl.Run("patch", Resource, ns.Name, "--type=merge", "-p", "{\"spec\": {\"order\": 2}}");
            Until(static found => found?.Order == 2);
        }
        finally
        {
            Kubectl.Run("delete", Resource, ns.Name, "--ignore-not-found");
        }

        Until(static found => found is null);
        Assert.Empty(told);

        void Until(Predicate<CalicoPolicy?> isReached)
        {
            do
                Assert.True(states.MoveNext());
            while (!isReached(states.Current.PolicyObjects.OfType<CalicoPolicy>().SingleOrDefault(policy => policy.Name == ns.Name)));
        }
    }

    private protected abstract IClusterReader Open(ClusterConnection connection);
}
