using NetPolTools.Listing;
using NetPolTools.Sets;
using NetPolTools.Tests.Support;

namespace NetPolTools.Tests.Semantics;

/// <summary>Policies add up, also where every peer is under another combination of rules.</summary>
public class ManyPortsTests
{
    private const int Rules = 8;

    private static readonly Cluster Overlapping = Given.Cluster(
    [
        Given.Pod("db", "app: db"),
        .. Enumerable.Range(0, 1 << Rules).Select(static i => Given.Pod($"pod-{i}", string.Join(", ", Bits(i).Select(static bit => $"bit-{bit}: 'yes'")))),
        .. Enumerable.Range(0, Rules).Select(static bit => Given.Policy(
            $"podSelector: {{matchLabels: {{app: db}}}}\ningress: [{{from: [{{podSelector: {{matchLabels: {{bit-{bit}: 'yes'}}}}}}], ports: [{{port: "
                + $"{1000 + (2 * bit)}}}]}}]", $"policy-{bit}")),
    ]);

    [Fact]
    public void Each_peer_may_use_the_ports_of_all_rules_it_is_under()
    {
        var lines = Overlapping.List(new ConnectionQuery { By = GroupBy.Pod, To = [EndpointPattern.Parse("db")], IncludeDenied = true })
            .Where(static line => line.Source.Name?.StartsWith("pod-", StringComparison.Ordinal) == true)
            .ToDictionary(static line => line.Source.Name!, static line => line.Ports);
        for (var i = 0; i < 1 << Rules; i++)
        {
            var expected = PortSet.UnionOf([.. Bits(i).Select(static bit => PortSet.Of(Protocol.TCP, 1000 + (2 * bit)))]);
            Assert.Equal(expected, lines[$"pod-{i}"]);
        }
    }

    private static IEnumerable<int> Bits(int number) => Enumerable.Range(0, Rules).Where(bit => (number & (1 << bit)) != 0);
}
