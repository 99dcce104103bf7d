namespace NetPolTools.Linting;

/// <summary>Ways to mend that several rules suggest.</summary>
internal static class Suggestions
{
    /// <summary>A policy that isolates every pod of a namespace, and those to come.</summary>
    /// <param name="context">The input, which may have a policy of the usual name.</param>
    /// <param name="ns">The namespace.</param>
    public static LintCorrection DefaultDeny(LintContext context, string ns)
    {
        var taken = context.Policies.Where(policy => policy.Namespace == ns).Select(static policy => policy.Name).ToHashSet();
        var name = Enumerable.Range(1, taken.Count + 1).Select(static number => number == 1 ? "default-deny" : $"default-deny-{number}")
            .First(name => !taken.Contains(name));
        var text = $$"""
            apiVersion: networking.k8s.io/v1
            kind: NetworkPolicy
            metadata: {name: {{name}}, namespace: {{ns}}}
            spec: {podSelector: {}, policyTypes: [Ingress, Egress]}
            """;
        return new LintCorrection($"Isolate every pod of namespace {ns}, and allow what is needed.")
        {
            Text = text,
            AddedDocument = text,
            Effect = LintEffect.Closes,
        };
    }
}
