namespace NetPolTools.Cluster.Tests.Support;

/// <summary>A policy of the admin tiers that one test makes, named after the test's namespace; removed at the end.</summary>
internal sealed class TestPolicy : IDisposable
{
    private readonly string _kind;

    /// <param name="ns">Of the test.</param>
    /// <param name="kind">Such as ClusterNetworkPolicy.</param>
    /// <param name="version">Of the group policy.networking.k8s.io.</param>
    /// <param name="spec">Lines of the spec.</param>
    public TestPolicy(TestNamespace ns, string kind, string version, params string[] spec)
    {
        _kind = kind;
        Name = ns.Name;
        var lines = string.Join('\n', spec).Replace("\n", "\n  ", StringComparison.Ordinal);
        Kubectl.RunWithInput(
            $"apiVersion: policy.networking.k8s.io/{version}\nkind: {kind}\nmetadata: {{name: {Name}}}\nspec:\n  {lines}\n", "apply", "-f", "-");
    }

    public string Name { get; }

    public void SetPriority(int priority) => Kubectl.Run("patch", _kind, Name, "--type=merge", "-p", $"{{\"spec\": {{\"priority\": {priority}}}}}");

    public void Dispose() => Kubectl.Run("delete", _kind, Name, "--ignore-not-found");
}
