using System.Text;
using NetPolTools.Diagnostics;
using NetPolTools.Objects;
using NetPolTools.Reading;
using NetPolTools.Tests.Support;

namespace NetPolTools.Tests.Reading;

/// <summary>What one input is read with serves the next: nothing of the one is found in the other, whatever ended the first.</summary>
public class SpareBlocksTests
{
    private static readonly string[] Inputs =
    [
        """{"apiVersion":"v1","kind":"Pod","metadata":{"name":"json-a","labels":{"app":"\u0077eb"}}}""",
        "apiVersion: v1\nkind: Pod\nmetadata:\n  name: yaml-b\n  labels: {app: \"a\\tb\", tier: 3}\n",
        """{"apiVersion":"v1","kind":"Pod","metadata":{"name":"cut-c","labels":{"app":""",
        "kind: Pod\nmetadata: &all\n  name: anchored-d\n",
        """{"apiVersion":"networking.k8s.io/v1","kind":"NetworkPolicy","metadata":{"name":"e"},"spec":{"podSelector":{},"ingress":[{"ports":[{"port":80000}]}]}}""",
        "apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: {name: f}\nspec:\n  podSelector: {}\n  ingress:\n  - ports:\n    - port: 80000\n",
        "---\n",
        """{"apiVersion":"v1","kind":"Pod","metadata":{"name":"long-g","annotations":{"text":"#"}}}""".Replace("#", new string('x', 300_000), StringComparison.Ordinal),
        $$"""{"apiVersion":"v1","kind":"List","items":[{{string.Join(
            ',', Enumerable.Range(0, 3000).Select(static i => $$"""{"apiVersion":"v1","kind":"Namespace","metadata":{"name":"n-{{i}}","labels":{"i":"{{i}}"} } }"""))}}]}""",
        """{"apiVersion":"v1","kind":"Pod","metadata":{"name":"h","labels":{"app":7}}} {"apiVersion":"v1","kind":"Pod","metadata":{"name":"i"}}""",
    ];

    [Fact]
    public void Inputs_read_one_after_the_other_are_read_as_each_by_itself()
    {
        var random = new Random(19);
        string[] expected = [.. Inputs.Select(static (_, input) => Read(Reader(out var found), input, found))];
        Assert.Equal(Inputs.Length, expected.Distinct().Count());
        var reader = Reader(out var all);
        for (var i = 0; i < 200; i++)
        {
            var input = random.Next(Inputs.Length);
            Assert.Equal(expected[input], Read(reader, input, all));
        }
    }

    private static string Read(ManifestReader reader, int input, Findings found)
    {
        found.All.Clear();
        reader.Read(new MemoryStream(Encoding.UTF8.GetBytes(Inputs[input])), $"input-{input}");
        return found.All.ToString();
    }

    private static ManifestReader Reader(out Findings found) => Cluster.Reader(found = new Findings(), "default");

    /// <summary>Everything that is found, as text, with its place.</summary>
    private sealed class Findings : IManifestSink
    {
        public StringBuilder All { get; } = new();

        public void Add(KubernetesObject found) => All.AppendLine($"{found} {found.Location} {(found as Pod)?.Metadata.Labels}");

        public void Report(Diagnostic diagnostic) => All.AppendLine($"{diagnostic} {diagnostic.Location} {diagnostic.FieldPath}");

        public void Skipped(string kind) => All.AppendLine(kind);
    }
}
