using NetPolTools.Asking;
using NetPolTools.Exposure;
using NetPolTools.Listing;
using NetPolTools.Objects;
using NetPolTools.Tests.Support;

namespace NetPolTools.Tests.Exposure;

/// <summary>What exposure tells, case by case.</summary>
public sealed class ExposureTests
{
    private const string Pods = """
        apiVersion: v1
        kind: List
        items:
        - {apiVersion: v1, kind: Namespace, metadata: {name: shop, labels: {team: shop}}}
        - {apiVersion: v1, kind: Namespace, metadata: {name: ops, labels: {team: ops}}}
        - {apiVersion: v1, kind: Pod, metadata: {name: db, namespace: shop, labels: {app: db}}}
        - {apiVersion: v1, kind: Pod, metadata: {name: api, namespace: shop, labels: {app: api}}}
        - {apiVersion: v1, kind: Pod, metadata: {name: scraper, namespace: ops, labels: {app: scraper}}}
        """;

    [Fact]
    public void Without_policies_any_pod_of_any_namespace_reaches_everything() => Assert.Equal(
        ["from any pod in any namespace: All", "from anywhere outside: All", "to any pod in any namespace: All", "to anywhere outside: All"],
        Told("shop/db", ""));

    [Fact]
    public void A_label_that_a_real_pod_has_can_be_worn_by_any_pod() => Assert.Equal(
        ["from pods with app=api in shop: TCP 5432"],
        Told("shop/db", "ingress: [{from: [{podSelector: {matchLabels: {app: api}}}], ports: [{port: 5432}]}]"));

    [Fact]
    public void A_label_of_namespaces_can_be_given_to_a_new_one() => Assert.Equal(
        ["from pods with app=scraper in namespaces with team=ops: TCP 9090"],
        Told(
            "shop/db",
            "ingress: [{from: [{namespaceSelector: {matchLabels: {team: ops}}, podSelector: {matchLabels: {app: scraper}}}], ports: [{port: 9090}]}]"));

    [Fact]
    public void A_namespace_that_exists_is_meant_by_its_name_alone() => Assert.Equal(
        ["from any pod in ops: All"],
        Told("shop/db", "ingress: [{from: [{namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: ops}}}]}]"));

    [Fact]
    public void A_namespace_that_does_not_exist_can_be_created() => Assert.Equal(
        ["from any pod in namespaces with kubernetes.io/metadata.name=ghost: All"],
        Told("shop/db", "ingress: [{from: [{namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: ghost}}}]}]"));

    [Fact]
    public void Negations_are_told_as_they_are() => Assert.Equal(
        ["from pods with !quarantine in any namespace: All"],
        Told("shop/db", "ingress: [{from: [{namespaceSelector: {}, podSelector: {matchExpressions: [{key: quarantine, operator: DoesNotExist}]}}]}]"));

    [Fact]
    public void What_a_namespace_keeps_its_own_pods_from_is_an_exception() => Assert.Equal(
        ["from any pod in any namespace but ops: All", "from pods with app!=scraper in ops: All"],
        Told("shop/db", "ingress: [{from: [{namespaceSelector: {}}]}]", """
            - apiVersion: networking.k8s.io/v1
              kind: NetworkPolicy
              metadata: {name: closed, namespace: ops}
              spec: {podSelector: {matchLabels: {app: scraper}}, policyTypes: [Egress]}
            """));

    [Fact]
    public void A_port_by_name_is_any_port_that_a_pod_to_come_calls_so() => Assert.Equal(
        ["to pods with app=api in shop: TCP 1-65535"],
        Told("shop/db", "policyTypes: [Ingress, Egress], egress: [{to: [{podSelector: {matchLabels: {app: api}}}], ports: [{port: http}]}]"));

    [Fact]
    public void Overlapping_rules_are_told_once_for_each_set_of_ports() => Assert.Equal(
        [
            "from pods with app=api in shop: TCP 80,5432",
            "from pods with app!=api in shop: TCP 80",
        ],
        Told(
            "shop/db",
            "ingress: [{from: [{podSelector: {}}], ports: [{port: 80}]}, "
                + "{from: [{podSelector: {matchLabels: {app: api}}}], ports: [{port: 5432}]}]").OrderDescending());

    [Fact]
    public void The_rule_and_its_place_are_told()
    {
        var line = Lines("shop/db", "ingress: [{from: [{podSelector: {matchLabels: {app: api}}}], ports: [{port: 5432}]}]").First();
        Assert.Equal(["shop/db spec.ingress[0] (input:12:59) allows TCP 5432: from[0]: pods with app=api of namespace shop"], line.Reasons);
        Assert.Equal("new pod app=api in namespace shop", line.Example);
    }

    [Theory]
    [InlineData("new pod app=api in namespace shop", true)]
    [InlineData("new pod in namespace shop", false)]
    [InlineData("new pod app=api in namespace ops", false)]
    [InlineData("new pod app=api in new namespace", false)]
    [InlineData("new pod in new namespace team=ops", true)]
    [InlineData("new pod in new namespace ghost team=ops", true)]
    [InlineData("new pod as robot in new namespace ghost", false)]
    public void A_pod_to_come_may_be_an_end_of_a_question(string from, bool isAllowed)
    {
        var cluster = Cluster.Of(Pods + """

            - apiVersion: networking.k8s.io/v1
              kind: NetworkPolicy
              metadata: {name: db, namespace: shop}
              spec:
                podSelector: {matchLabels: {app: db}}
                ingress:
                - from:
                  - {podSelector: {matchLabels: {app: api}}}
                  - {namespaceSelector: {matchLabels: {team: ops, kubernetes.io/metadata.name: ghost}}}
                  - namespaceSelector:
                      matchExpressions: [{key: team, operator: In, values: [ops]}, {key: kubernetes.io/metadata.name, operator: NotIn, values: [ops]}]
            """);
        var question = new TestQuestion([EndpointPattern.Parse(from)], [EndpointPattern.Parse("shop/db")]);
        var answer = question.Ask(new ClusterEvaluator(cluster.Snapshot), QuestionWords.Plain);
        Assert.Equal(isAllowed, answer.Value!.IsAllowed);
        Assert.Equal(from, NewPod.Parse(from).ToString());
    }

    [Theory]
    [InlineData("new pod app=api in namespace ghost", "the input has no Namespace ghost")]
    [InlineData("new pod app=api in new namespace shop", "the input has a Namespace shop")]
    public void A_pod_to_come_is_in_a_namespace_that_is_there_or_in_a_new_one(string from, string expected)
    {
        var question = new TestQuestion([EndpointPattern.Parse(from)], [EndpointPattern.Parse("shop/db")]);
        var answer = question.Ask(new ClusterEvaluator(Cluster.Of(Pods).Snapshot), QuestionWords.Plain);
        Assert.Equal(AnswerStatus.NotAnswered, answer.Status);
        Assert.Contains(answer.Diagnostics, told => told.Diagnostic.Message.Contains(expected, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("new pod")]
    [InlineData("new pod app=api")]
    [InlineData("new pod app=api on shop")]
    [InlineData("new pod app in namespace shop")]
    [InlineData("new pod app=a,app=b in namespace shop")]
    [InlineData("new pod app=- in namespace shop")]
    [InlineData("new pod in namespace Shop")]
    [InlineData("new pod in namespace shop team=a")]
    [InlineData("new pod in new namespace kubernetes.io/metadata.name=a")]
    public void A_text_that_names_no_pod_to_come_is_refused(string text) => Assert.Throws<FormatException>(() => EndpointPattern.Parse(text));

    private static string[] Told(string workload, string spec, string more = "") =>
        [.. Lines(workload, spec, more).Where(line => spec.Length == 0 || line.Direction == PolicyDirection.Ingress != spec.Contains("egress"))
            .Select(static line => $"{(line.Direction == PolicyDirection.Ingress ? "from" : "to")} {line.Who}: {line.Ports}")];

    private static ExposureLine[] Lines(string workload, string spec, string more = "")
    {
        var policy = spec.Length == 0 ? "" : $$$"""

            - apiVersion: networking.k8s.io/v1
              kind: NetworkPolicy
              metadata: {name: db, namespace: shop}
              spec: {podSelector: {matchLabels: {app: db}}, {{{spec}}}}

            """;
        var pattern = EndpointPattern.Parse(workload);
        var cluster = Cluster.Of(Pods + policy + more);
        Assert.Empty(cluster.Errors);
        return [.. Exposed.Report(cluster.Snapshot, pattern.Matches).Lines(GroupBy.Workload)];
    }
}
