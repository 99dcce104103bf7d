using System.Text;
using NetPolTools.Diagnostics;
using NetPolTools.Reading;
using NetPolTools.Snapshot;
using NetPolTools.Tests.Support;

namespace NetPolTools.Tests.Reading;

/// <summary>Inputs as large as those of real clusters, and larger.</summary>
public class LargeInputTests
{
    private const int Pods = 40_000;
    private const int ScalarLength = 5_000_000;

    [Fact]
    public void A_List_of_20_MB_is_read_as_it_arrives()
    {
        using var stream = new GeneratedList(Pods);
        var builder = new ClusterSnapshotBuilder();
        Cluster.Reader(builder, "default").Read(stream, "input.json");
        var snapshot = builder.Build();
        Assert.True(stream.Made > 20_000_000);
        Assert.Empty(snapshot.Diagnostics);
        Assert.Equal(Pods, snapshot.Pods.Count);
        Assert.Equal(("pod-39999", "ns-99"), (snapshot.Pods[^1].Name, snapshot.Pods[^1].Metadata.Namespace));

        // Each of two threads has one object for equal labels, and so has the reader for items between blocks.
        var labels = snapshot.Pods.Select(static pod => pod.Metadata.Labels).ToList();
        Assert.InRange(labels.Distinct(ReferenceEqualityComparer.Instance).Count(), 1, 3 * labels.Distinct().Count());
        Assert.Equal(Pods + 2, snapshot.Pods[^1].Location.Line);
    }

    [Fact]
    public void A_scalar_of_5_MB_in_JSON_is_passed_over_or_shortened_in_the_message()
    {
        var huge = new string('x', ScalarLength);
        Assert.Empty(Cluster.Of($$"""{"apiVersion":"v1","kind":"Pod","metadata":{"name":"a","annotations":{"a":"{{huge}}"} } }""").Diagnostics);
        var error = Assert.Single(Cluster.Of($$"""{"apiVersion":"v1","kind":"Pod","metadata":{"name":"a","labels":"{{huge}}"} }""").Errors);
        Assert.True(error.ToString().Length < 300);
    }

    [Fact]
    public void A_scalar_of_5_MB_in_YAML_is_passed_over_or_shortened_in_the_message()
    {
        var huge = new string('x', ScalarLength);
        Assert.Empty(Cluster.Of($"apiVersion: v1\nkind: Pod\nmetadata: {{name: a}}\ndata: {huge}\n").Diagnostics);
        var error = Assert.Single(Cluster.Of($"apiVersion: v1\nkind: Pod\nmetadata:\n  name: a\n  labels: {huge}\n").Errors);
        Assert.True(error.ToString().Length < 300);
    }

    [Fact]
    public void A_label_of_5_MB_in_a_policy_is_refused_with_a_short_message()
    {
        var error = Assert.Single(Given.Cluster(Given.Policy($"podSelector: {{matchLabels: {{app: {new string('x', ScalarLength)}}}}}")).Errors);
        Assert.Equal(DiagnosticId.InvalidValue, error.Id);
        Assert.True(error.ToString().Length < 300);
    }

    /// <summary>A PodList as kubectl prints it, made up while it is read.</summary>
    private sealed class GeneratedList(int count) : ReadOnlyStream
    {
        private byte[] _current = [];
        private int _position;
        private int _next = -1;

        /// <summary>How many bytes were made so far.</summary>
        public long Made { get; private set; }

        public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

        public override int Read(Span<byte> buffer)
        {
            if (_position == _current.Length && !MoveNext())
                return 0;
            var taken = Math.Min(buffer.Length, _current.Length - _position);
            _current.AsSpan(_position, taken).CopyTo(buffer);
            _position += taken;
            return taken;
        }

        private bool MoveNext()
        {
            if (_next > count)
                return false;
            var text = _next < 0 ? "{\n\"items\": [\n" : _next == count ? "],\n\"kind\": \"PodList\", \"apiVersion\": \"v1\"}" : Pod(_next);
            _next++;
            _current = Encoding.UTF8.GetBytes(text);
            Made += _current.Length;
            _position = 0;
            return true;
        }

        private string Pod(int number) =>
            "{\"apiVersion\": \"v1\", \"kind\": \"Pod\", \"metadata\": {\"name\": \"pod-" + number + "\", \"namespace\": \"ns-" + (number % 100)
            + "\", \"labels\": {\"app\": \"app-" + (number % 50) + "\"}, \"annotations\": {\"note\": \"" + new string('n', 300)
            + "\"}}, \"spec\": {\"containers\": [{\"name\": \"c\", \"image\": \"registry.example.com/app:1\", \"ports\": [{\"name\": \"http\", "
                + "\"containerPort\": 8080}]}]},"
            + " \"status\": {\"phase\": \"Running\"}}" + (number == count - 1 ? "\n" : ",\n");
    }
}
