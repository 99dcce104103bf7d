using NetPolTools.Tests.Support;

namespace NetPolTools.Cluster.Tests.Support;

/// <summary>
/// The definitions of the admin tiers' kinds, made where the server lacks them. They stay: the tests of the other way to the cluster may run at the same
/// time, and a definition without objects decides nothing.
/// </summary>
public sealed class AdminTierDefinitions
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(1);

    private static readonly string[] Lists =
    [
        "/apis/policy.networking.k8s.io/v1alpha1/adminnetworkpolicies",
        "/apis/policy.networking.k8s.io/v1alpha1/baselineadminnetworkpolicies",
        "/apis/policy.networking.k8s.io/v1alpha2/clusternetworkpolicies",
    ];

    public AdminTierDefinitions()
    {
        if (LiveCluster.WhyMissing is not null || Lists.All(IsServed))
            return;

        // Another process may make them too, and some may be there: what counts is that all are served in the end.
        var made = Kubectl.Try(null, "create", "-f", Path.Combine(Repository.Root, "tests", "cluster", "admin-tiers.yaml"));
        var latest = DateTime.UtcNow + Limit;
        while (!Lists.All(IsServed))
        {
            Assert.True(DateTime.UtcNow < latest, $"The server does not serve the kinds of the admin tiers. {made.Errors}");
            Thread.Sleep(200);
        }
    }

    private static bool IsServed(string path) => Kubectl.Try(null, "get", "--raw", path).ExitCode == 0;
}
