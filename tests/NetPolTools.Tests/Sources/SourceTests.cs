using NetPolTools.Sources;
using NetPolTools.Tests.Support;
using NetPolTools.Text;
using NetPolTools.Yaml;

namespace NetPolTools.Tests.Sources;

/// <summary>Fields of a text are found where they stand, whatever the style they are written in.</summary>
public sealed class SourceTests
{
    private const string Rule = "spec:\n  ingress:\n  - from:\n    - podSelector: {}  # none\n    - ipBlock:\n        cidr: 10.0.0.0/8\n";

    [Theory]
    [InlineData(Rule, "spec.ingress[0].from[1].ipBlock.cidr", "10.0.0.0/8")]
    [InlineData(Rule, "spec.ingress[0].from[0]", "podSelector: {}")]
    [InlineData("spec: {ingress: [{from: [{podSelector: {}}, {ipBlock: {}}]}]}", "spec.ingress[0].from[1]", "{ipBlock: {}}")]
    [InlineData("""{"spec": {"ingress": [{"from": [{"podSelector": {}}]}]}}""", "spec.ingress[0].from[0].podSelector", "{}")]
    [InlineData("metadata:\r\n  annotations:\r\n    a.b/c: \"x\"\r\n    a.b: y\r\n", "metadata.annotations.a.b/c", "\"x\"")]
    [InlineData("metadata:\r\n  annotations:\r\n    a.b/c: \"x\"\r\n    a.b: y\r\n", "metadata.annotations.a.b", "y")]
    [InlineData("a: |\n  one\n  two\n\nb: 1\n", "a", "|\n  one\n  two")]
    [InlineData("a:\n- 1\n- 2 # last\n# more\nb: 1\n", "a", "- 1\n- 2")]
    [InlineData("a: &x [1]\n", "a", "&x [1]")]
    public void A_field_is_found(string text, string path, string expected)
    {
        var node = SourcePath.Find(YamlSource.Parse(text).Single(), path)!;
        Assert.Equal(expected, text[node.Start..node.End]);
    }

    [Theory]
    [InlineData("a: 1\n", "b")]
    [InlineData("a: [1]\n", "a[1]")]
    [InlineData("a: [1]\n", "a[x]")]
    [InlineData("a: {b: 1}\n", "a.b.c")]
    [InlineData("x: &x {b: 1}\na: *x\n", "a.b")]
    public void What_is_not_there_is_not_found(string text, string path) => Assert.Null(SourcePath.Find(YamlSource.Parse(text).Single(), path));

    [Fact]
    public void Documents_before_a_mistake_are_there() => Assert.Equal(2, YamlSource.Parse("a: 1\n---\nb: 2\n---\nc: [\n").Count);

    [Theory]
    [InlineData(0, 0, true)]
    [InlineData(0, 1 << 18, true)]
    [InlineData((1 << 18) - 1, 0, true)]
    [InlineData((1 << 18) - 5, 3, true)]
    [InlineData(3 << 18, 9, true)]
    [InlineData(3, -1, false)]
    [InlineData(3 << 18, -1, false)]
    public void A_word_is_found_in_a_file_wherever_it_stands(int before, int behind, bool isThere)
    {
        using var folder = new ManifestFolder();
        var file = folder.Write("a.yaml", new string('x', before) + (isThere ? "word" : "wor_d") + new string('w', Math.Max(behind, 0)));
        Assert.Equal(isThere, SourceFile.Holds(file, "word"));
    }

    [Fact]
    public void Places_and_offsets_are_the_same()
    {
        var text = new SourceText("a\r\nbc\nd\re", YamlSource.Parse);
        Assert.Equal(3, text.OffsetOf(new SourceLocation("f", 2, 1)));
        Assert.Equal((2, 5), (text.LineOf(4), text.EndOfLine(2)));
        Assert.Equal(new SourceEnd(4, 1), text.EndAt(8));
        Assert.Equal(-1, text.OffsetOf(new SourceLocation("f", 9, 1)));
    }

    [Theory]
    [InlineData(new byte[] { 0xEF, 0xBB, 0xBF, (byte)'a', 13, 10 }, "a\r\n")]
    [InlineData(new byte[] { 0xFF, 0xFE, (byte)'a', 0 }, "a")]
    [InlineData(new byte[] { (byte)'a', 0xC3, 0xBC }, "aü")]
    public void A_file_gives_back_its_bytes(byte[] bytes, string text)
    {
        var file = Path.GetTempFileName();
        try
        {
            File.WriteAllBytes(file, bytes);
            var read = SourceFile.Read(file)!;
            Assert.Equal(text, read.Text);
            Assert.Equal(bytes, read.Bytes());
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Fact]
    public void What_is_no_text_is_none()
    {
        var file = Path.GetTempFileName();
        try
        {
            File.WriteAllBytes(file, [0xC3, 0x28]);
            Assert.Null(SourceFile.Read(file));
        }
        finally
        {
            File.Delete(file);
        }
    }
}
