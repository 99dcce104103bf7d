using System.Diagnostics;
using NetPolTools.Objects;
using NetPolTools.Tests.Oracle;
using NetPolTools.Tests.Support;
using NetPolTools.Writing;

namespace NetPolTools.Tests.Writing;

/// <summary>What kubectl understands of the YAML that we write: a reader that is not ours.</summary>
public sealed class KubectlTests
{
    private const string Mark = "read-by";

    private static readonly string[] Treacherous = ["true", "on", "null", "80", "1e3", "0x1F", "1_000", "1.5", "", "2020-01-01", "0o17", "N"];

    [KubectlFact]
    public void Kubectl_reads_the_policies_that_were_written()
    {
        var policies = Always.Samples(RandomPolicyGenerator.Policy("policy", ["alpha", "beta"]), 200, nameof(Kubectl_reads_the_policies_that_were_written))
            .Select(static (policy, i) => Marked(policy, i)).ToArray();
        using var folder = new ManifestFolder();
        var file = folder.Write("policies.yaml", string.Join('\n', policies.Select(Written.Of)));
        Assert.Equal(policies.Select(static policy => Shown(NetworkPolicyManifest.Of(policy))), Written.Objects(Read(file))
            .Select(static found => Shown(found.Manifest)));
    }

    /// <summary>Each of its own name, since the same object twice would be one; with labels that other readers may take for something else.</summary>
    private static NetworkPolicy Marked(NetworkPolicy policy, int number) => policy with
    {
        Metadata = policy.Metadata with
        {
            Name = $"policy-{number}",
            Labels = LabelSet.Create([KeyValuePair.Create("on", Treacherous[number % Treacherous.Length]), KeyValuePair.Create(Mark, "kubectl")]),
        },
    };

    /// <summary>Labels are set without a cluster, which is to say read and written.</summary>
    private static string Read(string file)
    {
        using var kubectl = new ChildProcess(new ProcessStartInfo("kubectl", ["label", "--local", "--overwrite", "-f", file, "-o", "json", $"{Mark}=kubectl"]));
        var (code, output, errors) = kubectl.Finish();
        Assert.Equal((0, ""), (code, errors));
        return output;
    }

    /// <summary>In an order of its own; kubectl may leave out a list that holds nothing, which says the same.</summary>
    private static string Shown(ManifestNode node) => node switch
    {
        ManifestMap map => $"{{{string.Join(',', map.Fields
            .Where(static field => field.Value is not ManifestList { Items.Count: 0 })
            .OrderBy(static field => field.Key, StringComparer.Ordinal)
            .Select(static field => $"{field.Key}:{Shown(field.Value)}"))}}}",
        ManifestList list => $"[{string.Join(',', list.Items.Select(Shown))}]",
        ManifestScalar scalar => $"{scalar.Kind} {scalar.Text}",
        _ => "",
    };
}
