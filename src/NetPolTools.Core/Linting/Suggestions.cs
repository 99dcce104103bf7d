namespace NetPolTools.Linting;

/// <summary>Ways to mend that several rules suggest.</summary>
internal static class Suggestions
{
    /// <summary>A policy that isolates every pod of a namespace, and those to come.</summary>
    public static LintCorrection DefaultDeny(string ns) => new($"Isolate every pod of namespace {ns}, and allow what is needed.")
    {
        Text = $$"""
            apiVersion: networking.k8s.io/v1
            kind: NetworkPolicy
            metadata: {name: default-deny, namespace: {{ns}}}
            spec: {podSelector: {}, policyTypes: [Ingress, Egress]}
            """,
    };
}
