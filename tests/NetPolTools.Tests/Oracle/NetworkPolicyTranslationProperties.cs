using NetPolTools.Policies;
using NetPolTools.Tests.Support;

namespace NetPolTools.Tests.Oracle;

/// <summary>NetworkPolicies mean the same in the model of all policy APIs as in their own.</summary>
public sealed class NetworkPolicyTranslationProperties
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Translated_network_policies_allow_what_they_allow_by_the_sentences_of_their_api(bool ipBlockMatchesPods) =>
        Always.Holds(RandomClusterGenerator.Clusters, 60, cluster =>
        {
            var snapshot = cluster.Snapshot;
            var translated = snapshot.NetworkPolicies.Select(static policy => NetworkPolicyTranslator.Translate(policy, EngineLayout.Kubernetes));
            var tiered = new TieredOracle(snapshot, translated, ipBlockMatchesPods);
            var oracle = new Oracle(snapshot, ipBlockMatchesPods);
            var samples = Samples.Of(snapshot);
            var pods = OracleEndpoint.InCluster(snapshot);
            OracleEndpoint[] ends = [.. pods, .. samples.Addresses.Take(8).Select(OracleEndpoint.Outside)];
            foreach (var (source, destination) in from source in ends from destination in source.IsOutside ? pods : ends select (source, destination))
            {
                var answer = oracle.Ask(source, destination);
                foreach (var (protocol, port) in samples.Ports)
                {
                    var expected = answer.PoliciesAllow(protocol, port) ? OracleVerdict.Allowed : OracleVerdict.Denied;
                    Assert.Equal(expected, tiered.Ask(source, destination, new OracleTraffic(protocol, port)));
                }
            }
        });
}
