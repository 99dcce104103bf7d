using NetPolTools.Asking;
using NetPolTools.Cni;
using NetPolTools.Diagnostics;
using NetPolTools.Listing;
using NetPolTools.Snapshot;
using NetPolTools.Tests.Support;

namespace NetPolTools.Tests.Asking;

/// <summary>When a question has an answer, and what is reported then: the same for the cmdlets and the plugin.</summary>
public sealed class AnswerTests
{
    private static readonly string Shop = Given.Documents(
        Given.Workload("Deployment", "shop/web", "app: web"),
        Given.Workload("Deployment", "shop/db", "app: db"),
        Given.Policy("podSelector: {matchLabels: {app: db}}\ningress: [{from: [{podSelector: {matchLabels: {app: web}}}]}]", "shop/db"));

    private static readonly ClusterEvaluator OfShop = Evaluator(Shop);

    [Fact]
    public void A_question_about_nobody_has_no_answer()
    {
        var empty = new ClusterEvaluator(new ClusterSnapshotBuilder().Build());
        AssertNoInput(Reach().Ask(empty, QuestionWords.Plain));
        AssertNoInput(Test("a", "b").Ask(empty, QuestionWords.Plain));
        AssertNoInput(new IsolationQuestion { By = GroupBy.Namespace, OpenOnly = true }.Ask(empty, QuestionWords.Plain));
        AssertNoInput(new DifferenceQuestion(new ConnectionQuery()).Ask(OfShop, empty, QuestionWords.Plain));
        AssertNoInput(new DifferenceQuestion(new ConnectionQuery()).Ask(empty, OfShop, QuestionWords.Plain));
        AssertNoInput(new CniQuestion().Ask(empty, QuestionWords.Plain));
        AssertNoInput(SnapshotQuestion.Ask(empty, QuestionWords.Plain));
    }

    [Fact]
    public void What_was_wrong_with_the_input_says_already_why_nobody_is_there()
    {
        var broken = Evaluator("apiVersion: v1\nkind: Pod\nmetadata: {name: [web]}");
        var answer = Reach().Ask(broken, QuestionWords.Plain);
        Assert.Equal(AnswerStatus.NotAnswered, answer.Status);
        Assert.Empty(answer.Diagnostics);
        Assert.NotEmpty(answer.InputDiagnostics);
    }

    [Fact]
    public void Bad_input_beside_good_is_told_by_the_status()
    {
        var answer = Reach().Ask(Evaluator(Shop + "\n---\napiVersion: v1\nkind: Pod\nmetadata: {name: [web]}\n"), QuestionWords.Plain);
        Assert.Equal(AnswerStatus.AnsweredWithErrors, answer.Status);
        Assert.True(answer.IsWhole);
        Assert.NotEmpty(answer.Value!.List());
        Assert.Equal(AnswerStatus.Answered, Reach().Ask(OfShop, QuestionWords.Plain).Status);
    }

    [Fact]
    public void A_port_by_its_name_needs_a_Service()
    {
        var query = new ConnectionQuery { PortNames = ["http"] };
        Assert.Equal(DiagnosticId.InvalidValue, Assert.Single(Prevented(new ReachQuestion(query).Ask(OfShop, QuestionWords.Plain))).Diagnostic.Id);
        Assert.Equal(DiagnosticId.InvalidValue, Assert.Single(Prevented(new DifferenceQuestion(query).Ask(OfShop, OfShop, QuestionWords.Plain))).Diagnostic.Id);

        static IReadOnlyList<AnswerDiagnostic> Prevented<T>(Answer<T> answer)
            where T : class
        {
            Assert.Equal(AnswerStatus.NotAnswered, answer.Status);
            return answer.Diagnostics;
        }
    }

    [Fact]
    public void A_filter_of_which_something_is_left_answers_in_part_and_one_of_which_nothing_is_left_does_not()
    {
        var part = Reach("web", "nobody").Ask(OfShop, QuestionWords.Plain);
        Assert.Equal(AnswerStatus.AnsweredInPart, part.Status);
        Assert.NotEmpty(part.Value!.List());
        var told = Assert.Single(part.Diagnostics);
        Assert.Equal((DiagnosticId.NoMatch, "nobody"), (told.Diagnostic.Id, told.About));

        var none = Reach("nobody").Ask(OfShop, QuestionWords.Plain);
        Assert.Equal(AnswerStatus.NotAnswered, none.Status);
        Assert.Null(none.Value);
        Assert.Equal(AnswerStatus.NotAnswered, new ReachQuestion(new ConnectionQuery { Namespaces = ["nowhere"] }).Ask(OfShop, QuestionWords.Plain).Status);
    }

    [Theory]
    [InlineData("web", "nobody")]
    [InlineData("nobody", "db")]
    [InlineData("app=web", "svc/db")]
    public void A_test_is_never_answered_in_part(string from, string to)
    {
        var answer = Test(from, to).Ask(OfShop, QuestionWords.Plain);
        Assert.Equal(AnswerStatus.NotAnswered, answer.Status);
        Assert.Contains(answer.Diagnostics, static told => told.Diagnostic.Id == DiagnosticId.NoMatch);
    }

    [Fact]
    public void A_test_in_a_namespace_that_is_not_there_is_not_answered_even_where_others_are()
    {
        var answer = (Test("web", "db") with { Namespaces = ["shop", "shopp"] }).Ask(OfShop, QuestionWords.Plain);
        Assert.Equal(AnswerStatus.NotAnswered, answer.Status);
        Assert.Equal("shopp", Assert.Single(answer.Diagnostics).About);
    }

    [Fact]
    public void A_test_is_answered_with_its_reasons()
    {
        var answer = Test("web", "db").Ask(OfShop, QuestionWords.Plain);
        Assert.Equal(AnswerStatus.Answered, answer.Status);
        Assert.True(answer.Value!.IsAllowed);
        Assert.Contains("shop/db", answer.Value.Explain().ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void The_plugin_is_evaluated_and_told_by_the_question_itself()
    {
        var flannel = new ReachQuestion(new ConnectionQuery()) { Assumptions = new Assumptions { Cni = CniChoice.Parse("Flannel") } };
        var answer = flannel.Ask(OfShop, QuestionWords.Plain);
        Assert.Equal(DiagnosticId.PoliciesNotEnforced, Assert.Single(answer.Diagnostics).Diagnostic.Id);
        Assert.Equal(AnswerStatus.Answered, answer.Status);
        Assert.Contains(answer.Value!.List(), static line => line.Source.Addresses is not null && line.Destination.Name == "db");
    }

    [Theory]
    [InlineData("Flannel")]
    [InlineData("Enforcing")]
    [InlineData("Weave")]
    public void What_questions_have_in_common_is_worked_out_once(string plugin)
    {
        var assumptions = new Assumptions { Cni = CniChoice.Parse(plugin) };
        var cluster = Evaluator(Shop);
        var map = cluster.Map(assumptions, default);
        Assert.Same(map, cluster.Map(new Assumptions { Cni = CniChoice.Parse(plugin) }, default));
        Assert.NotSame(map, cluster.Map(assumptions with { IPBlockIgnoresPods = true }, default));
    }

    [Fact]
    public void Policies_compared_with_a_cluster_are_applied_to_it_with_a_warning()
    {
        var policy = Evaluator(Given.Policy("podSelector: {}", "shop/deny"));
        var answer = new DifferenceQuestion(new ConnectionQuery()).Ask(OfShop, policy, QuestionWords.Plain);
        Assert.Equal(AnswerStatus.Answered, answer.Status);
        Assert.Equal(DiagnosticId.PoliciesApplied, Assert.Single(answer.Diagnostics).Diagnostic.Id);
        Assert.Contains(answer.Value!.List(), static change => change.Destination.Name == "web");
        Assert.Empty((new DifferenceQuestion(new ConnectionQuery()) { Apply = true }).Ask(OfShop, policy, QuestionWords.Plain).Diagnostics);
    }

    private static ReachQuestion Reach(params string[] from) => new(new ConnectionQuery { From = [.. from.Select(EndpointPattern.ParseSource)] });

    private static TestQuestion Test(string from, string to) => new([EndpointPattern.ParseSource(from)], [EndpointPattern.Parse(to)]);

    private static ClusterEvaluator Evaluator(string manifests) => new(Cluster.Of(manifests).Snapshot);

    private static void AssertNoInput<T>(Answer<T> answer)
        where T : class
    {
        Assert.Equal(AnswerStatus.NotAnswered, answer.Status);
        Assert.Null(answer.Value);
        var told = Assert.Single(answer.Diagnostics).Diagnostic;
        Assert.Equal((DiagnosticId.NoInput, DiagnosticSeverity.Error), (told.Id, told.Severity));
    }
}
