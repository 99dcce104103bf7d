using NetPolTools.Diagnostics;
using NetPolTools.Objects;
using NetPolTools.Snapshot;

namespace NetPolTools.Tests.Reading;

/// <summary>What becomes of objects that are added to a snapshot, wherever they come from.</summary>
public class ClusterSnapshotBuilderTests
{
    [Fact]
    public void An_empty_builder_gives_an_empty_snapshot()
    {
        var snapshot = new ClusterSnapshotBuilder().Build();
        Assert.Empty(snapshot.Namespaces);
        Assert.Empty(snapshot.Pods);
        Assert.Empty(snapshot.Diagnostics);
    }

    [Fact]
    public void Objects_keep_the_order_they_came_in_and_a_replaced_one_its_place()
    {
        var builder = new ClusterSnapshotBuilder();
        foreach (var name in new[] { "c", "a", "b", "a" })
            builder.Add(Pod(name));
        Assert.Equal(["c", "a", "b"], builder.Build().Pods.Select(static pod => pod.Name));
        Assert.Equal(4, builder.ObjectCount);
    }

    [Fact]
    public void A_duplicate_of_no_known_place_is_reported_without_one()
    {
        var builder = new ClusterSnapshotBuilder();
        builder.Add(Pod("a"));
        builder.Add(Pod("a"));
        var warning = Assert.Single(builder.Build().Diagnostics);
        Assert.Equal((DiagnosticId.DuplicateObject, false), (warning.Id, warning.Location.IsKnown));
        Assert.DoesNotContain(" at ", warning.Message, StringComparison.Ordinal);
        Assert.StartsWith("warning: Pod default/a: ", warning.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Namespaces_are_sorted_by_name_and_mentioned_ones_are_made_up()
    {
        var builder = new ClusterSnapshotBuilder();
        builder.Add(new Namespace(new ObjectMetadata { Name = "zoo" }));
        builder.Add(Pod("a"));
        Assert.Equal(["default", "zoo"], builder.Build().Namespaces.Select(static ns => ns.Name));
    }

    [Fact]
    public void The_name_label_is_the_name_whatever_is_written_there()
    {
        var builder = new ClusterSnapshotBuilder();
        var labels = LabelSet.Create([new(Namespace.NameLabel, "other"), new("team", "a")]);
        builder.Add(new Namespace(new ObjectMetadata { Name = "shop", Labels = labels }));
        Assert.Equal($"{Namespace.NameLabel}=shop,team=a", Assert.Single(builder.Build().Namespaces).Metadata.Labels.ToString());
    }

    [Fact]
    public void Nodes_whose_names_the_server_makes_up_may_share_what_they_are_made_from()
    {
        var node = new Node(new ObjectMetadata { Name = "n-", IsNameGenerated = true });
        var builder = new ClusterSnapshotBuilder();
        builder.Add(node);
        builder.Add(node);
        Assert.Equal(0, NetPolTools.Reachability.ReachabilityMap.Compile(builder.Build()).Endpoints.PodCount);
    }

    [Fact]
    public void A_snapshot_does_not_change_with_its_builder()
    {
        var builder = new ClusterSnapshotBuilder();
        builder.Add(Pod("a"));
        builder.Skipped("Secret");
        var snapshot = builder.Build();
        builder.Add(Pod("b"));
        builder.Skipped("Secret");
        builder.Report(new Diagnostic(DiagnosticId.NotText, DiagnosticSeverity.Error, "later"));
        Assert.Equal((1, 1, 0), (snapshot.Pods.Count, snapshot.SkippedKinds["Secret"], snapshot.Diagnostics.Count));
    }

    [Fact]
    public void A_kind_that_the_snapshot_has_no_place_for_is_an_argument_error() =>
        Assert.Throws<ArgumentException>(static () => new ClusterSnapshotBuilder().Add(new Stranger()));

    private static Pod Pod(string name) => new(new ObjectMetadata { Name = name, Namespace = "default" });

    private sealed record Stranger() : KubernetesObject(ObjectMetadata.Empty)
    {
        public override string Kind => "Stranger";
    }
}
