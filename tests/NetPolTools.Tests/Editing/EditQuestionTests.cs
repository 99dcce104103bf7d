using NetPolTools.Asking;
using NetPolTools.Diagnostics;
using NetPolTools.Editing;
using NetPolTools.Tests.Support;

namespace NetPolTools.Tests.Editing;

public sealed class EditQuestionTests
{
    private static readonly string Policies = string.Join("\n---\n", Enumerable.Range(1, 6).Select(static i =>
        $"{{apiVersion: networking.k8s.io/v1, kind: NetworkPolicy, metadata: {{name: p{i}, namespace: shop}}, spec: {{podSelector: {{}}}}}}"));

    private static readonly string Shop = "{apiVersion: v1, kind: Pod, metadata: {name: web, namespace: shop}}\n---\n" + Policies;

    /// <summary>As kubectl apply replaces what is there: nothing stands twice in the input for that.</summary>
    [Fact]
    public void What_is_applied_in_the_place_of_others_is_no_duplicate()
    {
        var edited = new EditQuestion { Applied = Cluster.Of(Policies).Snapshot }.Ask(Cluster.Of(Shop).Snapshot, QuestionWords.Plain).Value!;
        Assert.Equal(6, edited.NetworkPolicies.Count);
        Assert.Empty(edited.Diagnostics);
    }

    [Fact]
    public void A_policy_that_is_removed_and_applied_again_is_there()
    {
        var edited = new EditQuestion { RemovedPolicies = [PolicyPattern.Parse("shop/*")], Applied = Cluster.Of(Policies).Snapshot }
            .Ask(Cluster.Of(Shop).Snapshot, QuestionWords.Plain).Value!;
        Assert.Equal(6, edited.NetworkPolicies.Count);
    }

    [Fact]
    public void Every_change_that_cannot_be_made_is_told_and_there_is_no_answer()
    {
        var answer = new EditQuestion { RemovedPolicies = [PolicyPattern.Parse("shop/p7"), PolicyPattern.Parse("p1"), PolicyPattern.Parse("x/*")] }
            .Ask(Cluster.Of(Shop).Snapshot, QuestionWords.Plain);
        Assert.Null(answer.Value);
        Assert.Equal([DiagnosticId.NoMatch, DiagnosticId.NoMatch], answer.Diagnostics.Select(static told => told.Diagnostic.Id));
    }

    [Fact]
    public void There_is_nothing_to_change_in_an_input_that_holds_nothing()
    {
        var answer = new EditQuestion { RemovedPolicies = [PolicyPattern.Parse("*")] }.Ask(
            Cluster.Of("{apiVersion: v1, kind: List, items: []}").Snapshot, QuestionWords.Plain);
        Assert.Equal(DiagnosticId.NoInput, Assert.Single(answer.Diagnostics).Diagnostic.Id);
    }
}
