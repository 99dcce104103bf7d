using System.Runtime.CompilerServices;

namespace NetPolTools.Cluster.Tests.Support;

/// <summary>A test against the API server that NETPOL_TEST_KUBECONFIG leads to; skipped where it names none.</summary>
public sealed class ClusterFactAttribute : FactAttribute
{
    public ClusterFactAttribute([CallerFilePath] string? file = null, [CallerLineNumber] int line = -1)
        : base(file, line)
    {
        Skip = LiveCluster.WhyMissing;
    }
}

/// <inheritdoc cref="ClusterFactAttribute"/>
public sealed class ClusterTheoryAttribute : TheoryAttribute
{
    public ClusterTheoryAttribute([CallerFilePath] string? file = null, [CallerLineNumber] int line = -1)
        : base(file, line)
    {
        Skip = LiveCluster.WhyMissing;
    }
}
