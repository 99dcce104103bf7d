using NetPolTools.Cluster.Tests.Support;
using NetPolTools.Diagnostics;
using NetPolTools.Live;
using NetPolTools.Snapshot;

namespace NetPolTools.Cluster.Tests;

/// <summary>Following the cluster while it changes, whatever the way to it.</summary>
public abstract class WatchTests
{
    private const string Policy = """
        apiVersion: networking.k8s.io/v1
        kind: NetworkPolicy
        metadata: {name: NAME}
        spec: {podSelector: {}}
        """;

    [ClusterFact]
    public void What_comes_changes_and_goes_is_in_a_later_state()
    {
        using var ns = new TestNamespace();
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        var told = new List<Diagnostic>();
        using var states = States(LiveCluster.Kubeconfig, told, patience.Token);
        Assert.DoesNotContain("one", PoliciesOf(Next(states), ns));
        ns.Apply(Policy.Replace("NAME", "one", StringComparison.Ordinal));
        Until(states, state => PoliciesOf(state, ns).SequenceEqual(["one"]));
        Kubectl.Run("label", "networkpolicy", "one", "-n", ns.Name, "team=a");
        Until(states, state => state.NetworkPolicies.Any(policy => policy.Name == "one" && policy.Metadata.Labels.TryGet("team", out _)));
        Kubectl.Run("delete", "networkpolicy", "one", "-n", ns.Name);
        Until(states, state => !PoliciesOf(state, ns).Any());
        Assert.Empty(told);
    }

    [ClusterFact]
    public void A_line_that_is_cut_and_mended_loses_nothing()
    {
        using var ns = new TestNamespace();
        using var kubeconfig = OwnKubeconfig.Behind(out var line);
        using var cutting = line;
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        var told = new List<Diagnostic>();
        using var states = States(kubeconfig.Path, told, patience.Token);
        Next(states);
        line.Cut();
        ns.Apply(Policy.Replace("NAME", "meanwhile", StringComparison.Ordinal));
        var mending = Task.Delay(TimeSpan.FromSeconds(3), patience.Token).ContinueWith(_ => line.Mend(), TaskScheduler.Default);
        Until(states, state => PoliciesOf(state, ns).SequenceEqual(["meanwhile"]));
        Assert.True(mending.IsCompletedSuccessfully);
        Assert.Contains(told, static diagnostic => diagnostic.Message.StartsWith("The connection is lost", StringComparison.Ordinal));
        Assert.All(told, static diagnostic => Assert.Equal(DiagnosticId.ConnectionLost, diagnostic.Id));
    }

    private protected abstract IClusterReader Open(ClusterConnection connection);

    private IEnumerator<ClusterSnapshot> States(string kubeconfig, List<Diagnostic> told, CancellationToken cancellation)
    {
        var reader = Open(new ClusterConnection(ClusterConnection.CurrentContext, kubeconfig));
        return new ClusterWatch(new ClusterReading(reader, ClusterKinds.Reachability)).States(told.Add, static _ => { }, cancellation).GetEnumerator();
    }

    private static ClusterSnapshot Next(IEnumerator<ClusterSnapshot> states)
    {
        Assert.True(states.MoveNext());
        return states.Current;
    }

    /// <summary>Others may change something in the cluster too.</summary>
    private static void Until(IEnumerator<ClusterSnapshot> states, Predicate<ClusterSnapshot> isReached)
    {
        while (!isReached(Next(states)))
        {
        }
    }

    private static IEnumerable<string> PoliciesOf(ClusterSnapshot state, TestNamespace ns) =>
        state.NetworkPolicies.Where(policy => policy.Metadata.Namespace == ns.Name).Select(static policy => policy.Name);
}
