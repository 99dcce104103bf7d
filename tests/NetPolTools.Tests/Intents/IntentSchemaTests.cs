using System.Text.Json;
using System.Text.Json.Nodes;
using Json.Schema;
using NetPolTools.Asking;
using NetPolTools.Diagnostics;
using NetPolTools.Sources;
using NetPolTools.Tests.Support;
using NetPolTools.Yaml;

namespace NetPolTools.Tests.Intents;

/// <summary>The published schema takes what the reader takes, and refuses what it refuses, as far as schemas can tell.</summary>
public sealed class IntentSchemaTests
{
    private static readonly Lazy<JsonSchema> Schema = new(static () =>
        JsonSchema.FromFile(Path.Combine(Repository.Root, "src", "NetPolTools.Core", "Intents", "intents.schema.json")));

    [Theory]
    [InlineData("three-tier.yaml")]
    [InlineData("broken.yaml")]
    [InlineData("and-or.intents.yaml")]
    public void Samples_keep_to_it(string name) => Assert.True(Takes(File.ReadAllText(Repository.Manifests("intents", name))));

    [Fact]
    public void What_is_written_keeps_to_it() => Assert.True(Takes(new IntentInitQuestion { Assumptions = Assumptions.None }
        .Ask(new ClusterEvaluator(Cluster.OfPaths(Repository.Manifests("three-tier")).Snapshot), QuestionWords.Plain).Value!.Text));

    [Theory]
    [InlineData("namespace: a\nends: {x: [b, c]}\nintents: {a -> b: 80, 'c -> d':}\ndefaults: {a: {ingress: deny}}\n", true)]
    [InlineData("intents: [a -> b, {c -> d: [80, 90/TCP]}, {from: a, to: [b], ports: 80, expect: only, name: x}]\n", true)]
    [InlineData("intent: []\n", false)]
    [InlineData("intents: [{from: a}]\n", false)]
    [InlineData("intents: [{from: a, to: b, expect: yes}]\n", false)]
    [InlineData("intents: [a > b]\n", false)]
    [InlineData("intents: {a: b}\n", false)]
    [InlineData("defaults: {a: {ingress: denied}}\n", false)]
    [InlineData("ends: {a: {}}\n", false)]
    public void It_agrees_with_the_reader(string text, bool isTaken)
    {
        Assert.Equal(isTaken, Takes(text));
        Assert.Equal(isTaken, Intended.TryRead(text, new List<Diagnostic>()) is not null);
    }

    private static bool Takes(string yaml) => Schema.Value.Evaluate(JsonSerializer.SerializeToElement(Json(YamlSource.Parse(yaml)[0]))).IsValid;

    private static JsonNode? Json(SourceNode node) => node.Kind switch
    {
        SourceNodeKind.Map => new JsonObject(node.Entries.Select(static entry => KeyValuePair.Create(entry.Key.Value, Json(entry.Value)))),
        SourceNodeKind.List => new JsonArray([.. node.Items.Select(Json)]),
        _ => node.IsDelimited ? node.Value : node.Value.Length == 0 ? null : int.TryParse(node.Value, out var number) ? number : node.Value,
    };
}
