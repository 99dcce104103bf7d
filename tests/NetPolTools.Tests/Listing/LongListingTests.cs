using NetPolTools.Listing;
using NetPolTools.Tests.Support;

namespace NetPolTools.Tests.Listing;

/// <summary>Listings so long that they are worked out ahead of who goes through them.</summary>
public sealed class LongListingTests
{
    private const int Pods = 120;

    private static readonly Cluster Open = Given.Cluster([.. Enumerable.Range(0, Pods).Select(static i => Given.Pod(NameOf(i)))]);

    [Fact]
    public void Its_lines_come_in_order()
    {
        string[] outside = ["0.0.0.0-255.255.255.255", "::-ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff"];
        string[] pods = [.. Enumerable.Range(0, Pods).Select(static i => $"default/{NameOf(i)}[Pod]")];
        var between = pods.SelectMany(source => pods.Where(pod => pod != source).Concat(outside).Select(destination => $"{source} {destination}"));
        var fromOutside = pods.SelectMany(pod => outside.Select(addresses => $"{addresses} {pod}"));
        Assert.Equal(between.Concat(fromOutside), Texts(Lister().List()));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(600)]
    [InlineData(14_000)]
    public void Who_stops_early_can_list_again(int lines)
    {
        var lister = Lister();
        var all = Texts(Lister().List());
        Assert.Equal(all.Take(lines), Texts(lister.List().Take(lines)));
        Assert.Equal(all, Texts(lister.List()));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(600)]
    [InlineData(14_000)]
    public void Cancelling_ends_it_at_once(int lines)
    {
        using var cancellation = new CancellationTokenSource();
        var seen = 0;
        Assert.ThrowsAny<OperationCanceledException>(() =>
        {
            foreach (var line in Lister().List(cancellation.Token))
            {
                if (++seen == lines)
                    cancellation.Cancel();
            }
        });
        Assert.Equal(lines, seen);
    }

    private static ConnectionLister Lister() => new(Open.Map, new ConnectionQuery { By = GroupBy.Pod });

    private static string[] Texts(IEnumerable<Connection> lines) => [.. lines.Select(static line => $"{line.Source} {line.Destination}")];

    private static string NameOf(int pod) => $"pod-{pod:000}";
}
