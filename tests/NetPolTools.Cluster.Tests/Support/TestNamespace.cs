namespace NetPolTools.Cluster.Tests.Support;

/// <summary>A namespace for one test, and what the test loads into it; both are removed at the end.</summary>
internal sealed class TestNamespace : IDisposable
{
    private const string Kinds = "pods,deployments,services,networkpolicies";

    public TestNamespace()
    {
        Kubectl.Run("create", "namespace", Name);
    }

    public string Name { get; } = $"netpol-test-{Guid.NewGuid():N}"[..24];

    public void Apply(string manifests) => Kubectl.RunWithInput(manifests, "apply", "-n", Name, "-f", "-");

    /// <summary>Everything that matters in it, and itself, as kubectl gives it.</summary>
    public string Read()
    {
        var ns = Kubectl.Run("get", "namespace", Name, "-o", "json").Output;
        return $"[{ns},{Kubectl.Run("get", Kinds, "-n", Name, "-o", "json").Output}]";
    }

    /// <summary>Not waited for: where no controllers run, a namespace that is deleted stays, empty.</summary>
    public void Dispose()
    {
        Kubectl.Run("delete", Kinds + ",roles,rolebindings", "--all", "-n", Name, "--now", "--wait=false");
        Kubectl.Run("delete", "namespace", Name, "--wait=false");
    }
}
