using NetPolTools.Asking;
using NetPolTools.Diagnostics;
using NetPolTools.Intents;
using NetPolTools.Tests.Support;

namespace NetPolTools.Tests.Intents;

/// <summary>What intents mean.</summary>
public sealed class IntentTests
{
    private static readonly Cluster ThreeTier = Cluster.OfPaths(Repository.Manifests("three-tier"));

    [Theory]
    [InlineData("shop/api -> shop/db: TCP 3306", IntentStatus.Passed)]
    [InlineData("shop/api -> shop/db: TCP 3306 only", IntentStatus.Passed)]
    [InlineData("shop/api -> shop/db:", IntentStatus.Passed)]
    [InlineData("shop/api -> shop/db: TCP 3306-3307", IntentStatus.Failed)]
    [InlineData("shop/api -> shop/db: All", IntentStatus.Failed)]
    [InlineData("shop/web -> shop/db: TCP 3306", IntentStatus.Failed)]
    [InlineData("shop/web -> shop/db: nothing", IntentStatus.Passed)]
    [InlineData("shop/api -> shop/db: not TCP 3306", IntentStatus.Failed)]
    [InlineData("shop/api -> shop/db: not TCP 22", IntentStatus.Passed)]
    [InlineData("outside -> shop/web: TCP 80 only", IntentStatus.Passed)]
    [InlineData("outside -> shop/db: nothing", IntentStatus.Passed)]
    [InlineData("everything -> shop/web: TCP 80", IntentStatus.Failed)]
    [InlineData("nothing -> shop/api:", IntentStatus.Failed)]
    [InlineData("nothing -> shop/db: TCP 22", IntentStatus.Passed)]
    [InlineData("nothing -> metadata addresses:", IntentStatus.Failed)]
    [InlineData("shop/db -> metadata addresses: nothing", IntentStatus.Passed)]
    [InlineData("app=web -> app=api: TCP 5000", IntentStatus.Passed)]
    [InlineData("shop/* -> shop/db: TCP 3306", IntentStatus.Failed)]
    [InlineData("{from: [shop/web, shop/db], to: shop/db, ports: 3306/TCP, expect: denied}", IntentStatus.Passed)]
    [InlineData("nothing else -> shop/db:", IntentStatus.Failed)]
    [InlineData("shop/db -> nothing else:", IntentStatus.Passed)]
    [InlineData("shop/nobody -> shop/db:", IntentStatus.Undetermined)]
    [InlineData("'* -> shop/db'", IntentStatus.Undetermined)]
    public void An_intent_holds_or_not(string intent, IntentStatus status) => Assert.Equal(status, Intended.One(ThreeTier, intent).Status);

    [Fact]
    public void Nothing_else_means_all_that_no_other_intent_allows()
    {
        Assert.Equal(
            [
                "passed: shop/api -> shop/db: TCP 3306",
                "passed: nothing else -> shop/db",
                "passed: shop/web -> shop/api: TCP 5000",
                "failed: nothing else -> shop/web",
            ],
            Intended.Lines(ThreeTier, """
                intents:
                - shop/api -> shop/db: TCP 3306
                - nothing else -> shop/db
                - shop/web -> shop/api: TCP 5000
                - nothing else -> shop/web
                """));
        Assert.Equal(
            ["passed: outside -> shop/web: TCP 80", "failed: nothing else -> shop/web"],
            Intended.Lines(ThreeTier, "intents:\n- outside -> shop/web: TCP 80\n- nothing else -> shop/web\n"));
    }

    [Fact]
    public void Two_intents_together_may_allow_what_one_policy_does()
    {
        var cluster = Given.Cluster(
            Given.Pod("shop/a", "app: a"), Given.Pod("shop/b", "app: b"), Given.Pod("shop/db", "app: db"),
            Given.Policy("podSelector: {matchLabels: {app: db}}\ningress: [{from: [{podSelector: {}}], ports: [{port: 80}, {port: 81}]}]", "shop/db"));
        Assert.Equal(
            ["passed: shop/a -> shop/db: TCP 80", "passed: shop/* -> shop/db: TCP 81", "failed: nothing else -> shop/db"],
            Intended.Lines(cluster, "intents:\n- shop/a -> shop/db: TCP 80\n- shop/* -> shop/db: TCP 81\n- nothing else -> shop/db\n"));
        Assert.Equal(
            ["passed: shop/a -> shop/db: TCP 80", "passed: shop/* -> shop/db: TCP 81", "passed: shop/b -> shop/db: TCP 80", "passed: nothing else -> shop/db"],
            Intended.Lines(
                cluster, "intents:\n- shop/a -> shop/db: TCP 80\n- shop/* -> shop/db: TCP 81\n- shop/b -> shop/db: TCP 80\n- nothing else -> shop/db\n"));
    }

    [Fact]
    public void Defaults_count_by_namespace_and_a_namespaces_own_goes_first()
    {
        var cluster = Given.Cluster(
            Given.Pod("shop/web", "app: web"), Given.Pod("dev/web", "app: web"),
            Given.Policy("podSelector: {}\npolicyTypes: [Ingress]", "shop/deny"));
        Assert.Equal(
            ["passed: nothing else -> shop/*", "failed: nothing else -> d*/*"],
            Intended.Lines(cluster, "defaults:\n  shop: {ingress: deny}\n  d*: {ingress: deny}\n"));
        Assert.Equal(
            ["passed: nothing else -> */*"], Intended.Lines(cluster, "defaults:\n  '*': {ingress: deny}\n  dev: {ingress: allow}\n"));
        Assert.Equal(["undetermined: nothing else -> stage/*"], Intended.Lines(cluster, "defaults: {stage: {ingress: deny}}\n"));
    }

    [Theory]
    [InlineData("shop/host -> nothing else", IntentStatus.Passed)]
    [InlineData("shop/host -> everything: nothing", IntentStatus.Passed)]
    [InlineData("shop/host -> shop/web: nothing", IntentStatus.Failed)]
    public void What_a_node_reaches_among_its_own_pods_is_no_part_of_everything(string intent, IntentStatus status)
    {
        var cluster = Given.Cluster(
            "apiVersion: v1\nkind: Node\nmetadata: {name: n1}\nstatus: {addresses: [{type: InternalIP, address: 192.0.2.1}]}",
            Given.Pod("shop/host", "", "hostNetwork: true, nodeName: n1", "podIP: 192.0.2.1, hostIP: 192.0.2.1"),
            Given.Pod("shop/web", "app: web", "nodeName: n1", "podIP: 10.0.0.5, hostIP: 192.0.2.1"));
        Assert.Equal(status, Intended.One(cluster, intent).Status);
    }

    [Fact]
    public void Of_many_names_that_match_nothing_it_is_not_asked_what_each_means()
    {
        var intents = "intents:\n" + string.Concat("cdefghijklmnopqrstuvwxyz".Select(static letter => $"- shop/we{letter} -> shop/db\n"));
        var told = Intended.Ask(ThreeTier.Snapshot, Intended.Read(intents)).Value!.Results.Select(static result => Assert.Single(result.Problems)).ToArray();
        Assert.All(told, static problem => Assert.Contains("matches nothing", problem, StringComparison.Ordinal));
        Assert.Equal(20, told.Count(static problem => problem.Contains("Did you mean", StringComparison.Ordinal)));
    }

    [Fact]
    public void A_failed_intent_says_the_rule()
    {
        var allowed = Intended.One(ThreeTier, "shop/api -> shop/db: nothing");
        Assert.Equal(["shop/api may reach shop/db on TCP 3306."], allowed.Deviations);
        Assert.Contains("shop/db spec.ingress[0]", Assert.Single(allowed.Reasons, static reason => reason.StartsWith("Ingress", StringComparison.Ordinal)),
            StringComparison.Ordinal);
        Assert.True(allowed.DecidingPlace().Line > 0);
        var denied = Intended.One(ThreeTier, "shop/web -> shop/db: TCP 3306");
        Assert.Equal(["shop/web may not reach shop/db on TCP 3306."], denied.Deviations);
        Assert.Contains("would match if the pod had tier=backend", Assert.Single(denied.Reasons), StringComparison.Ordinal);
        Assert.True(denied.DecidingPlace().Line > 0);
    }

    [Fact]
    public void Pods_that_policies_treat_the_same_are_named_one_by_one()
    {
        var cluster = Given.Cluster(
            Given.Pod("shop/a", "app: web"), Given.Pod("shop/b", "app: web"), Given.Pod("shop/db", "app: db"), Given.Pod("shop/spare", "app: db"),
            Given.Policy("podSelector: {matchLabels: {app: db}}\ningress: [{from: [{podSelector: {matchLabels: {app: web}}}], ports: [{port: 80}]}]", "shop/db"));
        Assert.Equal(
            [
                "shop/a may reach shop/db on TCP 80.", "shop/a may reach shop/spare on TCP 80.",
                "shop/b may reach shop/db on TCP 80.", "shop/b may reach shop/spare on TCP 80.",
            ],
            Intended.One(cluster, "app=web -> app=db: nothing").Deviations.Order());
    }

    [Fact]
    public void Deviations_are_capped_and_that_is_said()
    {
        var cluster = Given.Cluster([.. Enumerable.Range(1, 23).Select(static i => Given.Pod($"shop/p{i}", $"app: p{i}")), Given.Pod("shop/db", "app: db"),
            Given.Policy("podSelector: {matchLabels: {app: db}}\ningress:\n"
                + string.Concat(Enumerable.Range(1, 23).Select(static i => $"- {{from: [{{podSelector: {{matchLabels: {{app: p{i}}}}}}}]}}\n")), "shop/db")]);
        var result = Intended.One(cluster, "nothing -> shop/db:");
        Assert.Equal((21, "There are 3 more."), (result.Deviations.Count, result.Deviations[^1]));
    }

    [Fact]
    public void A_service_stands_for_the_pods_behind_it_on_its_target_ports()
    {
        var cluster = Given.Cluster(
            Given.Pod("shop/web", "app: web"), Given.Pod("shop/db", "app: db"),
            Given.Service("shop/db", "selector: {app: db}, ports: [{name: sql, port: 80, targetPort: 5432}]"),
            Given.Policy("podSelector: {matchLabels: {app: db}}\ningress: [{from: [{podSelector: {}}], ports: [{port: 5432}]}]", "shop/db"));
        Assert.Equal(IntentStatus.Passed, Intended.One(cluster, "shop/web -> shop/svc/db: TCP 80").Status);
        Assert.Equal(IntentStatus.Passed, Intended.One(cluster, "shop/web -> shop/svc/db: TCP 80 only").Status);
        Assert.Equal(IntentStatus.Passed, Intended.One(cluster, "{from: shop/web, to: shop/svc/db, ports: sql}").Status);
        Assert.Equal(IntentStatus.Failed, Intended.One(cluster, "shop/web -> shop/db: TCP 80").Status);
        Assert.Equal(IntentStatus.Undetermined, Intended.One(cluster, "shop/web -> shop/svc/db: TCP 81").Status);
    }

    [Fact]
    public void A_pod_that_reaches_itself_proves_nothing()
    {
        var one = Given.Cluster(Given.Pod("shop/db", "app: db"), Given.Policy("podSelector: {}\npolicyTypes: [Ingress]", "shop/deny"));
        Assert.Equal(IntentStatus.Undetermined, Intended.One(one, "shop/db -> shop/db:").Status);
        Assert.Equal(IntentStatus.Passed, Intended.One(one, "nothing -> shop/db:").Status);
        var several = Given.Cluster(Given.Workload("Deployment", "shop/db", "app: db"), Given.Policy("podSelector: {}\npolicyTypes: [Ingress]", "shop/deny"));
        Assert.Equal(IntentStatus.Failed, Intended.One(several, "shop/db -> shop/db:").Status);
    }

    [Fact]
    public void A_node_reaches_its_own_pods_whatever_policies_say()
    {
        var cluster = Given.Cluster(
            Given.Pod("shop/db", "app: db", "nodeName: n1", "hostIP: 192.0.2.1, podIP: 10.0.0.1"),
            Given.Pod("shop/web", "app: web", "nodeName: n2", "hostIP: 192.0.2.2, podIP: 10.0.0.2"),
            Given.Pod("kube/agent", "app: agent", "nodeName: n1, hostNetwork: true", "hostIP: 192.0.2.1, podIP: 192.0.2.1"),
            Given.Policy("podSelector: {}\npolicyTypes: [Ingress]", "shop/deny"));
        Assert.Equal(IntentStatus.Passed, Intended.One(cluster, "kube/agent -> shop/db: All").Status);
        Assert.Equal(IntentStatus.Failed, Intended.One(cluster, "kube/agent -> shop/db: nothing").Status);
        Assert.Equal(IntentStatus.Passed, Intended.One(cluster, "kube/agent -> shop/web: nothing").Status);
        Assert.Equal(IntentStatus.Failed, Intended.One(cluster, "kube/agent -> shop/*: All").Status);

        // Of everything, what no policy can change does not count.
        Assert.Equal(IntentStatus.Passed, Intended.One(cluster, "nothing -> shop/db:").Status);
        Assert.Equal(IntentStatus.Failed, Intended.One(cluster, "nothing -> metadata addresses:").Status);
        Assert.Equal(IntentStatus.Passed, Intended.One(Given.Cluster(
            Given.Pod("shop/db", "app: db"),
            Given.Pod("kube/agent", "app: agent", "nodeName: n1, hostNetwork: true", "hostIP: 192.0.2.1, podIP: 192.0.2.1"),
            Given.Policy("podSelector: {}\npolicyTypes: [Egress]", "shop/deny")), "nothing -> metadata addresses:").Status);
    }

    [Fact]
    public void What_labels_that_are_not_in_the_input_decide_is_undetermined()
    {
        var cluster = Given.Cluster(
            Given.Pod("shop/db", "app: db"), Given.Pod("dev/web", "app: web"),
            Given.Policy("podSelector: {}\ningress: [{from: [{namespaceSelector: {matchLabels: {team: a}}}]}]", "shop/db"));
        var result = Intended.One(cluster, "dev/web -> shop/db: nothing");
        Assert.Equal(IntentStatus.Undetermined, result.Status);
        Assert.Contains("labels of namespace", Assert.Single(result.Deviations), StringComparison.Ordinal);
    }

    [Fact]
    public void An_end_that_names_nothing_is_told_at_its_intent()
    {
        var answer = Intended.Ask(ThreeTier.Snapshot, Intended.Read("intents:\n- shop/api -> shop/db: TCP 3306\n- shop/wev -> shop/api:\n"));
        Assert.Equal(AnswerStatus.AnsweredInPart, answer.Status);
        var told = Assert.Single(answer.Diagnostics, static told => told.Diagnostic.Id == DiagnosticId.NoMatch).Diagnostic;
        Assert.Equal(("intents.yaml", 3), (told.Location.File, told.Location.Line));
        Assert.Contains("Did you mean shop/web?", told.Message, StringComparison.Ordinal);
        Assert.Equal([IntentStatus.Passed, IntentStatus.Undetermined], answer.Value!.Results.Select(static result => result.Status));
    }
}
