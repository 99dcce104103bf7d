using System.Text;
using NetPolTools.Diagnostics;
using NetPolTools.Dialects;
using NetPolTools.Reading;
using NetPolTools.Snapshot;
using NetPolTools.Tests.Support;
using NetPolTools.Yaml;

namespace NetPolTools.Tests.Reading;

/// <summary>What a stream of bytes is taken for: which encoding, and YAML or JSON.</summary>
public class StreamTests
{
    private const string Yaml = "apiVersion: v1\nkind: Pod\nmetadata: {name: web, labels: {city: Zürich}}\n";
    private const string Json = """{"apiVersion":"v1","kind":"Pod","metadata":{"name":"web"}}""";

    public static TheoryData<string> Encodings => ["utf-8", "utf-16", "utf-16BE"];

    [Theory]
    [MemberData(nameof(Encodings))]
    public void Text_with_a_byte_order_mark_is_read(string name)
    {
        var encoding = Encoding.GetEncoding(name);
        foreach (var text in new[] { Yaml.Replace("Zürich", "Zurich", StringComparison.Ordinal), Json })
            Assert.Equal("web", Assert.Single(Read([.. encoding.GetPreamble(), .. encoding.GetBytes(text)]).Pods).Name);
    }

    [Theory]
    [MemberData(nameof(Encodings))]
    public void Columns_do_not_count_the_byte_order_mark(string name)
    {
        var encoding = Encoding.GetEncoding(name);
        foreach (var text in new[] { "kind: Pod", "{\"kind\": \"Pod\"}" })
        {
            var error = Assert.Single(Read([.. encoding.GetPreamble(), .. encoding.GetBytes(text)]).Diagnostics);
            Assert.Equal("input:1:1", error.Location.ToString());
        }
    }

    [Fact]
    public void Text_beyond_ASCII_is_read()
    {
        var error = Assert.Single(Read(Encoding.UTF8.GetBytes(Given.Policy("podSelector: {matchLabels: {city: Zürich}}"))).Diagnostics);
        Assert.Contains("'Zürich'", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Latin_1_is_not_taken_for_UTF_8()
    {
        var error = Assert.Single(Read(Encoding.Latin1.GetBytes(Yaml)).Diagnostics);
        Assert.Equal(DiagnosticId.NotText, error.Id);
        Assert.Contains("save it as UTF-8", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Binary_content_is_an_error()
    {
        var error = Assert.Single(Read([0x7F, (byte)'E', (byte)'L', (byte)'F', 2, 1, 1, 0, 0, 0]).Diagnostics);
        Assert.Equal((DiagnosticId.NotText, "input"), (error.Id, error.Location.ToString()));
    }

    [Theory]
    [InlineData("")]
    [InlineData("\n\n")]
    [InlineData("# nothing here\n")]
    [InlineData("---\n---\n...\n")]
    [InlineData("null")]
    public void A_file_without_objects_gets_a_warning(string text)
    {
        var warning = Assert.Single(Read(Encoding.UTF8.GetBytes(text)).Diagnostics);
        Assert.Equal((DiagnosticId.NoManifests, DiagnosticSeverity.Warning), (warning.Id, warning.Severity));
    }

    [Fact]
    public void JSON_is_seen_from_its_first_character_and_may_hold_several_values()
    {
        Assert.Equal(2, Read(Encoding.UTF8.GetBytes(" \n\t" + Json + Json.Replace("web", "api", StringComparison.Ordinal))).Pods.Count);
        Assert.Single(Read(Encoding.UTF8.GetBytes($"[{Json}]")).Pods);
    }

    [Fact]
    public void A_brace_without_a_quoted_key_behind_it_begins_a_YAML_map() =>
        Assert.Single(Read(Encoding.UTF8.GetBytes("{apiVersion: v1, kind: Pod, metadata: {name: web}}")).Pods);

    [Fact]
    public void A_file_called_yaml_is_YAML_even_if_it_begins_with_a_brace() =>
        Assert.Single(Read("{apiVersion: v1, kind: Pod, metadata: {name: web}}"u8.ToArray(), "input.yaml").Pods);

    [Fact]
    public void A_stream_that_gives_one_byte_at_a_time_is_read_all_the_same()
    {
        Assert.Single(Read(new TrickleStream(Encoding.UTF8.GetBytes(Yaml)), "input").Pods);
        Assert.Single(Read(new TrickleStream(Encoding.UTF8.GetBytes(Json)), "input").Pods);
    }

    [Fact]
    public void A_stream_that_fails_is_an_error_of_its_input()
    {
        var error = Assert.Single(Read(new FailingStream(), "input").Diagnostics);
        Assert.Equal(DiagnosticId.UnreadableFile, error.Id);
        Assert.Contains("the disk is gone", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Reading_can_be_cancelled_and_closes_its_stream()
    {
        var stream = new TrickleStream(Encoding.UTF8.GetBytes(Yaml));
        Assert.Throws<OperationCanceledException>(() => Reader(new ClusterSnapshotBuilder()).Read(stream, "input", new CancellationToken(canceled: true)));
        Assert.True(stream.IsDisposed);
    }

    [Fact]
    public void Progress_tells_the_bytes_of_all_inputs_so_far()
    {
        var seen = new List<ReadingProgress>();
        var reader = Reader(new ClusterSnapshotBuilder(), new Progress(seen));
        reader.Read(new MemoryStream(Encoding.UTF8.GetBytes(Yaml)), "first");
        reader.Read(new MemoryStream(Encoding.UTF8.GetBytes(Json)), "second");
        Assert.Equal(new ReadingProgress("first", 0), seen[0]);
        Assert.Equal(new ReadingProgress("second", Encoding.UTF8.GetByteCount(Yaml + Json)), seen[^1]);
    }

    private static ClusterSnapshot Read(byte[] bytes, string name = "input") => Read(new MemoryStream(bytes), name);

    private static ClusterSnapshot Read(Stream stream, string name)
    {
        var builder = new ClusterSnapshotBuilder();
        Reader(builder).Read(stream, name);
        return builder.Build();
    }

    private static ManifestReader Reader(ClusterSnapshotBuilder builder, IProgress<ReadingProgress>? progress = null) =>
        new(builder, AllDialects.Kinds, new ManifestReaderOptions(static (text, file) => new YamlTokenReader(text, file)) { Progress = progress });

    private sealed class FailingStream : MemoryStream
    {
        public override int Read(Span<byte> buffer) => throw new IOException("the disk is gone");

        public override int Read(byte[] buffer, int offset, int count) => throw new IOException("the disk is gone");
    }

    private sealed class Progress(List<ReadingProgress> seen) : IProgress<ReadingProgress>
    {
        public void Report(ReadingProgress value) => seen.Add(value);
    }
}
