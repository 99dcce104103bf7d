using NetPolTools.Asking;
using NetPolTools.Linting;
using NetPolTools.Snapshot;
using NetPolTools.Tests.Support;

namespace NetPolTools.Tests.Linting;

/// <summary>Short questions to single rules.</summary>
internal static class Lint
{
    public static IReadOnlyList<LintFinding> Find(string rule, ClusterSnapshot snapshot, LintCompleteness complete = LintCompleteness.None)
    {
        var question = new LintQuestion { Options = new LintOptions { IncludeRules = [rule], Complete = complete } };
        return question.Ask(new ClusterEvaluator(snapshot), QuestionWords.Plain).Value!.Findings;
    }

    /// <summary>What a rule finds in manifests of which nothing else is known.</summary>
    public static IReadOnlyList<LintFinding> Find(string rule, string manifests, LintCompleteness complete = LintCompleteness.None) =>
        Find(rule, Cluster.Of(manifests).Snapshot, complete);

    /// <summary>A Deployment whose pods have the label app with its name.</summary>
    /// <param name="name">Of the Deployment.</param>
    /// <param name="ns">Of it.</param>
    /// <param name="spec">Further fields of the pods' spec, in YAML's short form: <c>hostNetwork: true</c>.</param>
    /// <param name="ports">Of the container, in YAML's short form: <c>{containerPort: 80, name: http}</c>.</param>
    public static string Workload(string name, string ns = "a", string spec = "", string ports = "") =>
        $$"""
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: {{name}}, namespace: {{ns}} }
        spec:
          selector: {matchLabels: {app: {{name}} } }
          template:
            metadata: {labels: {app: {{name}} } }
            spec: { {{spec}}{{(spec.Length == 0 ? "" : ", ")}}containers: [{name: c, image: x, ports: [ {{ports}} ] } ] }

        """;

    public static string Namespace(string name, string labels = "") =>
        $$"""
        apiVersion: v1
        kind: Namespace
        metadata: {name: {{name}}, labels: { {{labels}} } }

        """;

    /// <summary>A policy for pods with a label app.</summary>
    /// <param name="app">The label's value; empty for all pods.</param>
    /// <param name="spec">Further fields, in YAML's short form: <c>policyTypes: [Ingress]</c>.</param>
    /// <param name="name">Of the policy.</param>
    /// <param name="ns">Of it.</param>
    public static string Policy(string app, string spec, string name = "p", string ns = "a") =>
        $$"""
        apiVersion: networking.k8s.io/v1
        kind: NetworkPolicy
        metadata: {name: {{name}}, namespace: {{ns}} }
        spec: {podSelector: {{(app.Length == 0 ? "{}" : $"{{matchLabels: {{app: {app}}}}}")}}, {{spec}} }

        """;

    public static string Service(string app, string spec, string ns = "a") =>
        $$"""
        apiVersion: v1
        kind: Service
        metadata: {name: {{app}}, namespace: {{ns}} }
        spec: {selector: {app: {{app}} }, {{spec}} }

        """;

    /// <summary>A ClusterNetworkPolicy for the pods of namespace a.</summary>
    public static string AdminPolicy(string rules, string name = "x", string tier = "Admin", int priority = 5) =>
        $$"""
        apiVersion: policy.networking.k8s.io/v1alpha2
        kind: ClusterNetworkPolicy
        metadata: {name: {{name}} }
        spec: {tier: {{tier}}, priority: {{priority}}, subject: {namespaces: {matchLabels: {kubernetes.io/metadata.name: a} } }, {{rules}} }

        """;

    /// <summary>Of several manifests one text.</summary>
    public static string All(params string[] manifests) => string.Join("---\n", manifests);
}
