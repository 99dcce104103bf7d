using NetPolTools.Dialects.Calico;
using NetPolTools.Live;

namespace NetPolTools.Tests.Dialects.Calico;

/// <summary>What a live cluster is asked for of Calico.</summary>
public sealed class CalicoLiveTests
{
    [Fact]
    public void The_storage_form_is_asked_for_only_where_the_form_of_the_API_is_not_there_or_may_not_be_listed()
    {
        var kinds = ClusterKinds.Of(CalicoDialect.Instance.Resources).ToArray();
        Assert.Equal(CalicoKind.All.Length, kinds.Length);
        Assert.All(kinds, static kind =>
        {
            Assert.Equal(("projectcalico.org", "v3"), (kind.Group, Assert.Single(kind.Versions)));
            var stored = kind.Substitute!;
            Assert.Equal(("crd.projectcalico.org", kind.Resource, "v1"), (stored.Group, stored.Resource, Assert.Single(stored.Versions)));
            Assert.Equal((KindNeed.Helpful, kind.IsNamespaced), (kind.Need, stored.IsNamespaced));
        });
        Assert.Equal(
            [.. CalicoKind.All.Select(static kind => (kind.Plural, kind.IsNamespaced))], kinds.Select(static kind => (kind.Resource, kind.IsNamespaced)));
    }

    [Fact]
    public void A_list_of_each_kind_is_known_by_its_path() => Assert.All(CalicoKind.All, static kind =>
        Assert.True(new ClusterKind(CalicoKind.Group, kind.Plural, CalicoKind.Version).Covers($"{CalicoKind.Group}/{CalicoKind.Version}", kind.Name)));
}
