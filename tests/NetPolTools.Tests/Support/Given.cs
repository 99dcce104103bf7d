namespace NetPolTools.Tests.Support;

/// <summary>Small manifests for tests in which only a few fields matter.</summary>
internal static class Given
{
    /// <summary>A cluster of several YAML manifests, in this order.</summary>
    public static Cluster Cluster(params string[] manifests) => Support.Cluster.Of(Documents(manifests));

    /// <summary>One YAML stream. It begins with a marker, since text that begins with a brace would be read as JSON.</summary>
    public static string Documents(params string[] manifests) => "---\n" + string.Join("\n---\n", manifests);

    /// <param name="name">The pod's name, or <c>namespace/name</c>.</param>
    /// <param name="labels">As in a YAML flow map: <c>app: web, tier: front</c>.</param>
    /// <param name="spec">Fields of the spec, likewise.</param>
    /// <param name="status">Fields of the status, likewise.</param>
    public static string Pod(string name, string labels = "", string spec = "", string status = "")
    {
        var (ns, ownName) = Split(name);
        return $$"""
            apiVersion: v1
            kind: Pod
            metadata: {name: {{ownName}}, namespace: {{ns}}, labels: { {{labels}} } }
            spec: { {{spec}} }
            status: { {{status}} }
            """;
    }

    /// <summary>A pod that a ReplicaSet owns.</summary>
    public static string Replica(string name, string owner, string labels = "", string status = "") => $$"""
        apiVersion: v1
        kind: Pod
        metadata:
          name: {{name}}
          namespace: default
          labels: { {{labels}} }
          ownerReferences: [{kind: ReplicaSet, name: {{owner}}, controller: true}]
        status: { {{status}} }
        """;

    /// <param name="kind">A kind of the group <c>apps</c>.</param>
    /// <param name="name">The workload's name, or <c>namespace/name</c>.</param>
    /// <param name="labels">Of the template, as in a YAML flow map.</param>
    public static string Workload(string kind, string name, string labels = "")
    {
        var (ns, ownName) = Split(name);
        return $$"""
            apiVersion: apps/v1
            kind: {{kind}}
            metadata: {name: {{ownName}}, namespace: {{ns}}}
            spec: {template: {metadata: {labels: { {{labels}} } }, spec: {} } }
            """;
    }

    public static string Namespace(string name, string labels = "") =>
        $$"""{apiVersion: v1, kind: Namespace, metadata: {name: {{name}}, labels: { {{labels}} } } }""";

    /// <param name="spec">The lines of the spec, not indented.</param>
    /// <param name="name">The policy's name, or <c>namespace/name</c>.</param>
    public static string Policy(string spec, string name = "policy")
    {
        var (ns, ownName) = Split(name);
        return $"""
            apiVersion: networking.k8s.io/v1
            kind: NetworkPolicy
            metadata:
              name: {ownName}
              namespace: {ns}
            spec:
              {spec.ReplaceLineEndings("\n").Replace("\n", "\n  ", StringComparison.Ordinal)}
            """;
    }

    /// <param name="name">The Service's name, or <c>namespace/name</c>.</param>
    /// <param name="spec">Fields of the spec, as in a YAML flow map.</param>
    public static string Service(string name, string spec)
    {
        var (ns, ownName) = Split(name);
        return $$"""{apiVersion: v1, kind: Service, metadata: {name: {{ownName}}, namespace: {{ns}} }, spec: { {{spec}} } }""";
    }

    /// <param name="name">The Ingress's name, or <c>namespace/name</c>.</param>
    /// <param name="service">The only backend.</param>
    /// <param name="port">As in a YAML flow map: <c>number: 80</c> or <c>name: http</c>.</param>
    /// <param name="className">None where absent.</param>
    public static string Ingress(string name, string service, string port, string? className = null)
    {
        var (ns, ownName) = Split(name);
        return $$"""
            apiVersion: networking.k8s.io/v1
            kind: Ingress
            metadata: {name: {{ownName}}, namespace: {{ns}} }
            spec:
              ingressClassName: {{className ?? "null"}}
              rules:
              - host: example.com
                http: {paths: [{path: /, pathType: Prefix, backend: {service: {name: {{service}}, port: { {{port}} } } } }] }
            """;
    }

    private static (string Namespace, string Name) Split(string name)
    {
        var slash = name.IndexOf('/');
        return slash < 0 ? ("default", name) : (name[..slash], name[(slash + 1)..]);
    }
}
