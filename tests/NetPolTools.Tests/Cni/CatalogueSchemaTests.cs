using System.Text;
using NetPolTools.Cni.Catalogue;

namespace NetPolTools.Tests.Cni;

/// <summary>A slip in the catalogue is an error, and never a plugin that is silently not recognised.</summary>
public sealed class CatalogueSchemaTests
{
    private const string Good = """
        "id": "a", "name": "A", "role": "Connects", "enforces": "No", "answer": "no", "source": "a/a: README.md", "advice": "Take B.",
        "signs": [{ "kind": "DaemonSet", "names": ["a"], "source": "a/a: a.yaml" }],
        "limits": [{ "feature": "EndPort", "support": "No", "until": "1.2", "text": "no endPort", "source": "a/a: CHANGES" }]
        """;

    [Fact]
    public void An_entry_that_keeps_to_the_schema_is_read() => Assert.Equal("A", Assert.Single(Read(Good).Entries).Name);

    [Theory]
    [InlineData("\"id\": \"a\", ", "", "id is missing")]
    [InlineData("\"source\": \"a/a: README.md\", ", "", "source is missing")]
    [InlineData(", \"source\": \"a/a: a.yaml\"", "", "source is missing")]
    [InlineData(", \"source\": \"a/a: CHANGES\"", "", "source is missing")]
    [InlineData("\"role\": \"Connects\"", "\"role\": \"connects\"", "expected one of Connects")]
    [InlineData("\"names\": [\"a\"]", "\"name\": \"a\"", "there is no field name")]
    [InlineData("\"names\": [\"a\"]", "\"names\": \"a\"", "names is a list")]
    [InlineData("\"names\": [\"a\"]", "\"names\": []", "names is a list with something in it")]
    [InlineData("\"answer\": \"no\"", "\"answer\": \"\"", "answer is a text that is not empty")]
    [InlineData("\"until\": \"1.2\"", "\"until\": \"soon\"", "'soon' is no version")]
    [InlineData("\"until\": \"1.2\"", "\"upto\": \"1.2\"", "there is no field upto")]
    [InlineData("\"advice\": \"Take B.\"", "\"basis\": \"b\"", "refers to b, which is no other entry")]
    [InlineData("\"advice\": \"Take B.\"", "\"covers\": [\"a\"]", "refers to a, which is no other entry")]
    [InlineData("\"advice\": \"Take B.\"", "\"rules\": [{\"when\": [{\"not\": true}], \"enforces\": \"No\", \"because\": \"so\", \"source\": \"s\"}]",
        "a clause is about an object")]
    [InlineData("\"advice\": \"Take B.\"", "\"rules\": [{\"enforces\": \"No\", \"because\": \"so\", \"source\": \"s\"}]", "a rule says when it applies")]
    [InlineData("\"advice\": \"Take B.\"", "\"unverified\": false", "unverified is true, or not there")]
    public void A_slip_is_told_with_its_place(string good, string bad, string expected)
    {
        Assert.Contains(good, Good, StringComparison.Ordinal);
        var told = Assert.Throws<FormatException>(() => Read(Good.Replace(good, bad, StringComparison.Ordinal))).Message;
        Assert.Contains(expected, told, StringComparison.Ordinal);
    }

    [Fact]
    public void Two_entries_of_one_name_are_refused() =>
        Assert.Contains("stands twice", Assert.Throws<FormatException>(() => Read(Good, Good)).Message, StringComparison.Ordinal);

    private static PluginCatalogue Read(params string[] entries) =>
        PluginCatalogue.Read(new MemoryStream(Encoding.UTF8.GetBytes($$"""{"about": "A test.", "plugins": [{{string.Join(",", entries.Select(static entry => $"{{{entry}}}"))}}]}""")));
}
