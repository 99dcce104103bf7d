using NetPolTools.Cluster.Tests.Support;

namespace NetPolTools.Cluster.Tests.Validation;

/// <summary>We take and refuse the policies that the API server takes and refuses, and name the same fields.</summary>
[Collection(LiveClusterTests.Name)]
public sealed class AgreementTests(LiveCluster live)
{
    private const int Mixtures = 400;

    [ClusterFact]
    public Task On_every_value_of_every_field_we_and_the_server_agree() => AssertAgreement(
        from slot in Slot.Apart.Concat(Slot.Around)
        from fragment in slot.Fragments
        where Knows(fragment)
        select new[] { (slot, fragment) });

    [ClusterFact]
    public Task On_policies_with_several_mistakes_we_and_the_server_agree()
    {
        var random = new Random(20);
        return AssertAgreement(Enumerable.Range(0, Mixtures).Select(_ => Slot.Apart
            .Where(_ => random.Next(8) == 0)
            .Select(slot =>
            {
                var fragments = slot.Fragments.Where(fragment => !fragment.IsWrongShape && Knows(fragment)).ToArray();
                return (slot, fragments[random.Next(fragments.Length)]);
            })
            .ToArray()));
    }

    private async Task AssertAgreement(IEnumerable<(Slot Slot, Fragment Fragment)[]> examples)
    {
        using var own = new TestNamespace();
        using var server = new KubectlProxy();
        var path = $"/apis/networking.k8s.io/v1/namespaces/{own.Name}/networkpolicies?dryRun=All{(live.ChecksUnknownFields ? "&fieldValidation=Strict" : "")}";
        int accepted = 0, refused = 0;
        var differences = new List<string>();
        foreach (var example in examples)
        {
            var policy = Slot.Policy(own.Name, example);
            var (code, answer) = await server.Post(path, policy.ToJsonString());
            var theirs = Verdict.OfServer(code, answer, policy);
            var ours = Verdict.OfOurs(policy, live.Version);
            if (ours != theirs)
                differences.Add($"{string.Join("; ", example.Select(static put => $"{put.Slot.Path} = {put.Fragment}"))}\n    we: {ours}\n    the server: "
                    + $"{theirs}");
            if (theirs.IsAccepted)
                accepted++;
            else
                refused++;
        }

        Assert.True(differences.Count == 0, $"{differences.Count} of {accepted + refused} differ:\n{string.Join('\n', differences)}");
        Assert.True(accepted > 100 && refused > 100, $"{accepted} accepted, {refused} refused: too few to say anything.");
    }

    private bool Knows(Fragment fragment) => fragment.Needs switch
    {
        ServerFeature.EndPort => live.KnowsEndPort,
        ServerFeature.SelectorValues => live.ChecksSelectorValues,
        ServerFeature.LeadingZeros => live.TakesLeadingZeros,
        ServerFeature.EveryExcept => live.ChecksEveryExcept,
        ServerFeature.LoneHyphen => live.ReadsLoneHyphens,
        _ => true,
    };
}
