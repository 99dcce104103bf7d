using NetPolTools.Reading;
using NetPolTools.Tests.Support;
using NetPolTools.Yaml.Scanning;

namespace NetPolTools.Yaml.Tests;

/// <summary>Of a long text another thread makes the scanner's tokens, and nobody can tell but by the time it takes.</summary>
public class ScanAheadTests
{
    private static readonly string Long = string.Concat(Enumerable.Range(0, 20_000).Select(static i => $"---\nname: n{i}\nlist: [1, {{a: b}}]\n"));

    [Theory]
    [InlineData(0, 1)]
    [InlineData(0, 2)]
    [InlineData(0, 7)]
    [InlineData(0, 16 * 1024)]
    [InlineData(200, 3)]
    public void Tokens_places_and_errors_of_manifests_are_the_same(int from, int length)
    {
        var files = Directory.EnumerateFiles(Repository.Manifests(), "*.yaml", SearchOption.AllDirectories).Order(StringComparer.Ordinal).ToList();
        Assert.NotEmpty(files);

        // Threads that hand over each token take their time.
        var step = length < 7 ? 5 : 1;
        for (var i = 0; i < files.Count; i += step)
            AssertSame(File.ReadAllText(files[i]), new ScanAheadOptions(from, length));
    }

    [Fact]
    public void Tokens_places_and_errors_of_broken_text_are_the_same()
    {
        var random = new Random(17);
        for (var i = 0; i < 500 * ExampleCount.Times; i++)
        {
            var yaml = RobustnessTests.Broken(RobustnessTests.Sample + RobustnessTests.Sample, random);
            AssertSame(yaml, new ScanAheadOptions(random.Next(2) * random.Next(yaml.Length), random.Next(1, 40)));
        }
    }

    [Theory]
    [InlineData("a: {x: &x 1, }\n[")]
    [InlineData("a: [\n--- {{ x }}\n")]
    [InlineData("a: b\n\tc: {{ d }}\n---\n\te: f\n")]
    [InlineData("%YAML x\n# c\n---\na: 1\n")]
    [InlineData("a: 'b\n--- c: d")]
    [InlineData("a: \u0001\n---\nb: \u0002")]
    public void Errors_at_the_edges_of_documents_are_the_same(string yaml)
    {
        for (var length = 1; length < yaml.Length + 2; length++)
            AssertSame(yaml, new ScanAheadOptions(0, length));
    }

    [Fact]
    public void Deep_nesting_is_refused_as_soon() =>
        AssertSame("a: 1\n---\n" + string.Concat(Enumerable.Repeat("[\n", 300_000)) + "---\nb: 2\n", new ScanAheadOptions(0));

    [Fact]
    public void Only_the_thread_that_reads_tokens_uses_the_text()
    {
        using var text = new WatchedReader(Long);
        using var reader = new YamlTokenReader(text, "f.yaml", ahead: new ScanAheadOptions(1000, 1000));
        while (reader.Read())
        {
        }

        Assert.Equal([Environment.CurrentManagedThreadId], text.Threads);
    }

    [Fact]
    public void A_text_that_gives_little_is_not_asked_for_more_than_it_was_without_help()
    {
        const string Document = "---\na: 1\n";
        var given = 0;
        using var text = new WatchedReader(string.Concat(Enumerable.Repeat(Document, 100))) { Size = Document.Length, OnRead = () => given++ };
        using var reader = new YamlTokenReader(text, "f.yaml", ahead: new ScanAheadOptions(0));
        for (var document = 1; document <= 100; document++)
        {
            while (reader.Kind != ManifestTokenKind.ObjectEnd)
                reader.Read();

            // The next marker ends a document.
            Assert.InRange(given, 0, document + 1);
            reader.Read();
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(100_000)]
    [InlineData(int.MaxValue)]
    public void What_the_text_throws_comes_behind_all_that_stands_before_it(int from)
    {
        using var text = new WatchedReader(Long) { OnEnd = static () => throw new IOException("gone") };
        using var reader = new YamlTokenReader(text, "f.yaml", ahead: new ScanAheadOptions(from, 100));
        var documents = 0;
        var failure = Assert.Throws<IOException>(() =>
        {
            while (reader.Read())
                documents += reader.Kind == ManifestTokenKind.DocumentStart ? 1 : 0;
        });

        // The scanner looks ahead as far as the last document is long.
        Assert.Equal(("gone", 19_999), (failure.Message, documents));
        reader.SkipDocument();
        Assert.Throws<IOException>(() => reader.Read());
    }

    [Fact]
    public void A_long_text_may_be_left_in_the_middle()
    {
        using var text = new WatchedReader(Long);
        var reader = new YamlTokenReader(text, "f.yaml", leaveOpen: true, new ScanAheadOptions(0, 100));
        for (var i = 0; i < 50; i++)
            reader.Read();
        reader.Dispose();
        reader.Dispose();
        Assert.NotEqual(-1, text.Peek());
    }

    [Fact]
    public void Documents_may_be_skipped()
    {
        using var reader = new YamlTokenReader(new StringReader(Long), "f.yaml", ahead: new ScanAheadOptions(0, 100));
        var documents = 0;
        while (reader.Read())
        {
            documents++;
            Assert.Equal(((documents - 1) * 3) + 1, reader.Location.Line);
            for (var i = 0; i < documents % 8; i++)
                reader.Read();
            reader.SkipDocument();
        }

        Assert.Equal(20_000, documents);
    }

    private static void AssertSame(string yaml, ScanAheadOptions ahead) =>
        Assert.Equal(Tokens.WithPlaces(new StringReader(yaml), ScanAheadOptions.Never), Tokens.WithPlaces(new StringReader(yaml), ahead));

    private sealed class WatchedReader(string text) : StringReader(text)
    {
        public HashSet<int> Threads { get; } = [];

        public int Size { get; init; } = int.MaxValue;

        public Action? OnRead { get; init; }

        public Action? OnEnd { get; init; }

        public override int Read(char[] buffer, int index, int count)
        {
            Threads.Add(Environment.CurrentManagedThreadId);
            OnRead?.Invoke();
            var read = base.Read(buffer, index, Math.Min(Size, count));
            if (read == 0)
                OnEnd?.Invoke();
            return read;
        }
    }
}
