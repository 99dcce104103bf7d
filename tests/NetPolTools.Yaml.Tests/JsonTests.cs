using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace NetPolTools.Yaml.Tests;

/// <summary>YAML holds JSON; so what a JSON parser says of a text holds here too.</summary>
public class JsonTests
{
    private static readonly string[] Texts =
        ["", "a", "yes", "80", "null", "a: b", "- x", "#", "{{", "[]", "é😀", "\"'\\", "a\tb\nc", "'", "*a", "&a", "<<", "...", "---"];

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Json_gives_the_tokens_of_json(bool isIndented)
    {
        var random = new Random(7);
        var options = new JsonSerializerOptions { WriteIndented = isIndented };
        for (var i = 0; i < 3000; i++)
        {
            var json = Node(random, 5)?.ToJsonString(options) ?? "null";
            Assert.Equal((json, "--- " + FromJson(json)), (json, Tokens.Of(json)));
        }
    }

    private static JsonNode? Node(Random random, int depth) => random.Next(depth > 0 ? 9 : 6) switch
    {
        0 => null,
        1 => JsonValue.Create(random.Next(2) == 0),
        2 => JsonValue.Create(random.Next(-70000, 70000)),
        < 6 => JsonValue.Create(Text(random)),
        6 => new JsonArray([.. Enumerable.Range(0, random.Next(4)).Select(_ => Node(random, depth - 1))]),
        _ => new JsonObject(Enumerable.Range(0, random.Next(4)).Select(i => KeyValuePair.Create(Text(random) + i, Node(random, depth - 1)))),
    };

    private static string Text(Random random) => string.Concat(Enumerable.Range(0, random.Next(3)).Select(_ => Texts[random.Next(Texts.Length)]));

    private static string FromJson(string json)
    {
        var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes(json));
        var all = new List<string>();
        while (reader.Read())
        {
            all.Add(reader.TokenType switch
            {
                JsonTokenType.StartObject => "{",
                JsonTokenType.EndObject => "}",
                JsonTokenType.StartArray => "[",
                JsonTokenType.EndArray => "]",
                JsonTokenType.PropertyName => reader.GetString() + ":",
                JsonTokenType.String => $"'{reader.GetString()}'",
                _ => Encoding.UTF8.GetString(reader.ValueSpan),
            });
        }

        return Tokens.Join(all);
    }
}
