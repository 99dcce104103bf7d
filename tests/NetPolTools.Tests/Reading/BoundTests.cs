using System.Diagnostics;
using System.Text;
using NetPolTools.Diagnostics;
using NetPolTools.Dialects;
using NetPolTools.Reading;
using NetPolTools.Snapshot;
using NetPolTools.Tests.Support;
using NetPolTools.Text;
using NetPolTools.Writing;
using NetPolTools.Yaml;

namespace NetPolTools.Tests.Reading;

/// <summary>Inputs made to take long, much memory or many lines take little of each.</summary>
public sealed class BoundTests
{
    [Theory]
    [InlineData("paths: 1")]
    [InlineData("ipBlock: {}")]
    public void A_field_before_apiVersion_that_does_not_belong_there_has_its_place(string field)
    {
        var error = Assert.Single(
            Cluster.Of($"# a comment\n{field}\napiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: {{name: a}}\nspec: {{}}\n").Errors);
        Assert.Equal((DiagnosticId.UnknownField, new SourceLocation("input", 2, 1)), (error.Id, error.Location));
    }

    [Fact]
    public void In_JSON_it_has_its_place_too()
    {
        var error = Assert.Single(
            Cluster.Of("{\n \"paths\": 1,\n \"apiVersion\": \"networking.k8s.io/v1\", \"kind\": \"NetworkPolicy\", \"metadata\": {\"name\": \"a\"}, "
            + "\"spec\": {}}").Errors);
        Assert.Equal((DiagnosticId.UnknownField, new SourceLocation("input", 2, 2)), (error.Id, error.Location));
    }

    [Fact]
    public void Labels_take_time_by_their_number_and_not_by_its_square()
    {
        var labels = string.Join(',', Enumerable.Range(0, 100_000).Select(static i => $"\"k{i}\":\"v\""));
        var running = Stopwatch.StartNew();
        var cluster = Cluster.Of("{\"apiVersion\":\"v1\",\"kind\":\"Pod\",\"metadata\":{\"name\":\"a\",\"labels\":{" + labels + "}}}");
        Assert.Empty(cluster.Diagnostics);

        // With the square it is minutes.
        Assert.InRange(running.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(20));
        Assert.Equal(100_000, Assert.Single(cluster.Snapshot.Pods).Metadata.Labels.Count);
    }

    [Theory]
    [InlineData("a: 1\n---\n", DiagnosticId.NotAnObject)]
    [InlineData("- a\n", DiagnosticId.WrongType)]
    public void The_same_mistake_again_and_again_is_told_a_hundred_times_and_then_counted(string mistake, DiagnosticId id)
    {
        var cluster = Cluster.Of(string.Concat(Enumerable.Repeat(mistake, 5000)));
        Assert.Equal(101, cluster.Diagnostics.Count);
        Assert.All(cluster.Diagnostics, told => Assert.Equal((id, DiagnosticSeverity.Error), (told.Id, told.Severity)));
        Assert.Equal($"input: error: There are 4900 more of this kind ({id}) in this input.", cluster.Diagnostics[^1].ToString());
    }

    [Fact]
    public void Each_input_is_counted_for_itself()
    {
        var builder = new ClusterSnapshotBuilder();
        var reader = Cluster.Reader(builder, "default");
        foreach (var name in new[] { "a", "b" })
            reader.Read(new MemoryStream(Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("a: 1\n---\n", 150)))), name);
        Assert.Equal(["a", "b"], builder.Build().Diagnostics.Where(static told => told.Message.StartsWith("There are 50 more", StringComparison.Ordinal))
            .Select(static told => told.Location.File));
    }

    [Fact]
    public void Exporting_tells_no_more_than_that_either()
    {
        var diagnostics = new List<Diagnostic>();
        using var tokens = new YamlTokenReader(new StringReader(string.Concat(Enumerable.Repeat("a: 1\n---\n", 500))), "input");
        new WholeObjectBinder(static _ => { }, diagnostics.Add, AllDialects.Kinds).Bind(tokens);
        Assert.Equal(101, diagnostics.Count);
    }

    [Theory]
    [InlineData("apiVersion: v1\nkind: Pod\nmetadata: {name: *}")]
    [InlineData("apiVersion: *\nkind: Pod\nmetadata: {name: a}")]
    [InlineData("apiVersion: v1\nkind: *")]
    [InlineData("apiVersion: *")]
    [InlineData("apiVersion: v1\nkind: Pod\nmetadata: {name: a, labels: {a: 1*}}")]
    [InlineData("apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: {name: a}\nspec: {*: 1}")]
    [InlineData("apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: {name: a}\nspec: {a: 1, *: 1, *: 2}")]
    [InlineData("apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: {name: a, *: 1}\nspec: {}")]
    [InlineData("apiVersion: v1\nkind: Pod\nmetadata: {name: a}\nstatus: {podIP: *}")]
    public void Values_of_any_length_are_cut_in_what_is_said_of_them(string manifest)
    {
        var cluster = Cluster.Of(manifest.Replace("*", new string('1', 100_000), StringComparison.Ordinal));
        Assert.All(cluster.Diagnostics, static told => Assert.InRange(told.ToString().Length, 1, 3000));
    }

    [Theory]
    [InlineData("{0}{{}}")]
    [InlineData("{{}}{0}")]
    [InlineData("[{0}[],[]{0}]")]
    [InlineData("{{\"a\":{0}{{}}}}")]
    [InlineData("[1,{0}2,{0}3]")]
    public void White_space_in_JSON_is_not_kept(string text)
    {
        var blanks = new BlankStream(
            Encoding.UTF8.GetBytes(string.Format(System.Globalization.CultureInfo.InvariantCulture, text, "\u0001")), 64 * 1024 * 1024);
        var before = GC.GetAllocatedBytesForCurrentThread();
        using (var tokens = new NetPolTools.Reading.JsonTokenReader(blanks, "input", new StringPool()))
        {
            while (tokens.Read())
                Assert.Equal(1, tokens.Location.Line);
        }

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 32 * 1024 * 1024);
    }

    /// <summary>Bytes, in which each 1 stands for many blanks.</summary>
    private sealed class BlankStream(byte[] bytes, int blanks) : ReadOnlyStream
    {
        private int _position;
        private int _left;

        public override int Read(byte[] buffer, int offset, int count)
        {
            if (_position == bytes.Length || count == 0)
                return 0;
            if (bytes[_position] != 1)
            {
                buffer[offset] = bytes[_position++];
                return 1;
            }

            if (_left == 0)
                _left = blanks;
            var length = Math.Min(count, _left);
            buffer.AsSpan(offset, length).Fill((byte)' ');
            _left -= length;
            if (_left == 0)
                _position++;
            return length;
        }
    }
}
