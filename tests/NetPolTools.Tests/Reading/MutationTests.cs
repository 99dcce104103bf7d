using System.Text;
using NetPolTools.Listing;
using NetPolTools.Reachability;
using NetPolTools.Snapshot;
using NetPolTools.Tests.Support;

namespace NetPolTools.Tests.Reading;

/// <summary>Good manifests with random damage: reading, evaluating and listing never throw, and nothing disappears without a word.</summary>
public class MutationTests
{
    private const string Alphabet = "{}[]:,-#&*!|>'\"%@`~ \t\n\r\\/.0123456789abcxyzAZé€😀\u0085\u2028\0";

    private const string Json = """
        {"apiVersion": "v1", "kind": "List", "items": [
          {"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "web", "labels": {"app": "web"}}, "status": {"podIP": "10.0.0.1"}},
          {"apiVersion": "networking.k8s.io/v1", "kind": "NetworkPolicy", "metadata": {"name": "p"},
           "spec": {"podSelector": {"matchExpressions": [{"key": "app", "operator": "In", "values": ["web"]}]}, "policyTypes": ["Ingress", "Egress"],
            "ingress": [{"from": [{"ipBlock": {"cidr": "10.0.0.0/8", "except": ["10.1.0.0/16"]}}], "ports": [{"port": 80, "endPort": 90}]}]}}]}
        """;

    private static readonly string[] Originals =
    [
        Json,
        File.ReadAllText(Repository.Example("store", "store-api.yaml")) + "---\n" + File.ReadAllText(Repository.Example("store", "namespaces.yaml")),
        File.ReadAllText(Repository.Example("three-tier-application", "policy.yaml")) + "---\n" + File.ReadAllText(Repository.Example("three-tier-application", "backend.yaml")),
        File.ReadAllText(Repository.Example("cppserver", "pods.yaml")),
    ];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void A_damaged_manifest_gives_objects_or_diagnostics_and_never_an_exception(int seed)
    {
        var random = new Random(seed);
        for (var i = 0; i < 1000; i++)
        {
            var damaged = Originals[random.Next(Originals.Length)];
            for (var damages = random.Next(1, 4); damages > 0; damages--)
                damaged = random.Next(2) == 0 ? DamageCharacters(damaged, random) : DamageLines(damaged, random);
            Check(damaged);
        }
    }

    [Fact]
    public void A_manifest_cut_off_anywhere_gives_objects_or_diagnostics_and_never_an_exception()
    {
        for (var length = 0; length < Json.Length; length++)
            Check(Json[..length]);
        for (var length = 0; length < Originals[1].Length; length += 7)
            Check(Originals[1][..length]);
    }

    private static void Check(string manifest)
    {
        try
        {
            var builder = new ClusterSnapshotBuilder();
            Cluster.Reader(builder, "default").Read(new MemoryStream(Encoding.UTF8.GetBytes(manifest)), "input");
            var snapshot = builder.Build();
            var isEmptyList = snapshot.Diagnostics.Count == 0 && builder.ObjectCount == 0 && snapshot.SkippedKinds.Count == 0;
            Assert.True(!isEmptyList || manifest.Contains("List", StringComparison.Ordinal), "Nothing was found and nothing was said.");
            Assert.All(snapshot.Diagnostics, static diagnostic => Assert.True(diagnostic.Location.IsKnown && diagnostic.Message.Length > 0));
            var map = ReachabilityMap.Compile(snapshot);
            foreach (var connection in new ConnectionLister(map, new ConnectionQuery { IncludeDenied = true }).List())
                Assert.Equal(connection.Verdict == Verdict.Denied, connection.Ports.IsEmpty);
        }
        catch (Exception e)
        {
            throw new InvalidOperationException("This manifest does it:\n" + manifest, e);
        }
    }

    private static string DamageCharacters(string text, Random random)
    {
        var at = random.Next(text.Length);
        var length = Math.Min(random.Next(4), text.Length - at);
        var instead = string.Concat(Enumerable.Range(0, random.Next(4)).Select(_ => Alphabet[random.Next(Alphabet.Length)]));
        return text.Remove(at, length).Insert(at, instead) is { Length: > 0 } damaged ? damaged : " ";
    }

    private static string DamageLines(string text, Random random)
    {
        var lines = text.Split('\n').ToList();
        var at = random.Next(lines.Count);
        switch (random.Next(4))
        {
            case 0:
                lines.RemoveAt(at);
                break;
            case 1:
                lines.Insert(random.Next(lines.Count), lines[at]);
                break;
            case 2:
                lines[at] = new string(' ', random.Next(5)) + lines[at].TrimStart();
                break;
            default:
                var other = random.Next(lines.Count);
                (lines[at], lines[other]) = (lines[other], lines[at]);
                break;
        }

        return string.Join('\n', lines) is { Length: > 0 } damaged ? damaged : " ";
    }
}
