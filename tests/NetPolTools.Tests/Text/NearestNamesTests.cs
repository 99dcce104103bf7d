using NetPolTools.Text;

namespace NetPolTools.Tests.Text;

/// <summary>What somebody may have meant who wrote a name that there is not.</summary>
public sealed class NearestNamesTests
{
    [Theory]
    [InlineData("DB", "db web api", "db")]
    [InlineData("dbb", "db web dab", "dab db")]
    [InlineData("frontned", "frontend frontends", "frontend")]
    [InlineData("Flanel", "Flannel Calico", "Flannel")]
    [InlineData("ovn", "OVN-Kubernetes Kube-OVN Calico", "OVN-Kubernetes Kube-OVN")]
    [InlineData("api", "apis api-v2 apl web", "apis apl")]
    [InlineData("x", "y xy", "")]
    [InlineData("nothing", "web db", "")]
    [InlineData("web", "", "")]
    public void Names_that_are_spelt_alike_come_first(string written, string known, string expected) =>
        Assert.Equal(expected, string.Join(' ', NearestNames.Of(written, known.Split(' ', StringSplitOptions.RemoveEmptyEntries))));

    [Fact]
    public void Three_names_are_enough() =>
        Assert.Equal(["web-1", "web-2", "web-3"], NearestNames.Of("web-0", Enumerable.Range(1, 9).Select(static i => $"web-{i}").Reverse()));

    [Fact]
    public void Names_are_offered_as_a_question()
    {
        Assert.Equal("", NearestNames.Question([]));
        Assert.Equal(" Did you mean a?", NearestNames.Question(["a"]));
        Assert.Equal(" Did you mean a, b or c?", NearestNames.Question(["a", "b", "c"]));
    }
}
