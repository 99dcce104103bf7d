using System.Text.Json.Nodes;

namespace NetPolTools.Cluster.Tests.Validation;

/// <summary>A place of a policy that fragments go to.</summary>
/// <param name="Path">Members and indices below the policy, such as <c>spec/ingress/0/from/1/podSelector</c>.</param>
/// <param name="Fragments">What may stand there.</param>
internal sealed record Slot(string Path, IReadOnlyList<Fragment> Fragments)
{
    /// <summary>A policy with a place for everything, all of it right.</summary>
    private const string Frame = """
        {"apiVersion": "networking.k8s.io/v1", "kind": "NetworkPolicy", "metadata": {"name": "policy"}, "spec": {
            "podSelector": {"matchLabels": {"app": "web"}},
            "ingress": [
                {"from": [{"podSelector": {}}, {"namespaceSelector": {}, "podSelector": {}}, {"ipBlock": {"cidr": "10.0.0.0/8"}}], "ports": [{"port": 443}, {"port": 80}]},
                {"from": [{"ipBlock": {"cidr": "::/0"}}]}],
            "egress": [{}, {"ports": [{"port": 53, "protocol": "UDP"}], "to": [{"namespaceSelector": {}}, {"ipBlock": {"cidr": "0.0.0.0/0"}}, {"podSelector": {}}]}],
            "policyTypes": ["Ingress", "Egress"]}}
        """;

    /// <summary>Places that do not hold one another.</summary>
    public static IReadOnlyList<Slot> Apart { get; } =
    [
        new("metadata", Vocabulary.Names),
        new("metadata/labels", Vocabulary.Labels),
        new("metadata/annotations", Vocabulary.Annotations),
        new("spec/podSelector", Vocabulary.Selectors),
        new("spec/ingress/0/from/0", Vocabulary.Peers),
        new("spec/ingress/0/from/1/podSelector", Vocabulary.Selectors),
        new("spec/ingress/0/from/2/ipBlock", Vocabulary.Blocks),
        new("spec/ingress/0/ports/1", Vocabulary.Ports),
        new("spec/egress/1/ports/0", Vocabulary.Ports),
        new("spec/egress/1/to/0/namespaceSelector", Vocabulary.Selectors),
        new("spec/egress/1/to/1/ipBlock", Vocabulary.Blocks),
        new("spec/egress/1/to/2", Vocabulary.Peers),
        new("spec/policyTypes", Vocabulary.PolicyTypes),
    ];

    /// <summary>Places that hold some of the others.</summary>
    public static IReadOnlyList<Slot> Around { get; } =
    [
        new("spec", Vocabulary.Specs),
        new("spec/ingress", Vocabulary.Rules),
        new("spec/egress", [.. Vocabulary.Rules.Select(static rules => rules with { Json = rules.Json?.Replace("from", "to", StringComparison.Ordinal) })]),
    ];

    public static JsonObject Policy(string ns, IEnumerable<(Slot Slot, Fragment Fragment)> chosen)
    {
        var policy = JsonNode.Parse(Frame)!.AsObject();
        foreach (var (slot, fragment) in chosen)
            slot.Put(policy, fragment);
        policy["metadata"]!["namespace"] = ns;
        return policy;
    }

    private void Put(JsonObject policy, Fragment fragment)
    {
        var members = Path.Split('/');
        JsonNode parent = policy;
        foreach (var member in members[..^1])
            parent = (parent is JsonArray list ? list[int.Parse(member)] : parent[member])!;
        var value = fragment.Json is null ? null : JsonNode.Parse(fragment.Json);
        if (parent is JsonArray items)
            items[int.Parse(members[^1])] = value;
        else if (fragment.Json is null)
            parent.AsObject().Remove(members[^1]);
        else
            parent[members[^1]] = value;
    }
}
