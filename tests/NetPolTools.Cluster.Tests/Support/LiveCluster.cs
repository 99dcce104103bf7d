using System.Text.Json;
using System.Text.RegularExpressions;
using NetPolTools.Validation;

namespace NetPolTools.Cluster.Tests.Support;

/// <summary>The cluster that the tests are pointed at: what its version knows, and namespaces of the tests' own.</summary>
public sealed partial class LiveCluster
{
    private const string Variable = "NETPOL_TEST_KUBECONFIG";

    public LiveCluster()
    {
        var version = JsonDocument.Parse(Kubectl.Run("get", "--raw", "/version").Output).RootElement.GetProperty("gitVersion").GetString()!;
        var numbers = VersionNumbers().Match(version);
        Assert.True(numbers.Success, $"The server's version is '{version}'.");
        Minor = int.Parse(numbers.Groups[2].Value);
        Assert.Equal("1", numbers.Groups[1].Value);
    }

    /// <summary>Why there is no cluster to test against; null where there is one.</summary>
    public static string? WhyMissing { get; } =
        string.IsNullOrEmpty(Kubeconfig) ? $"{Variable} names no kubeconfig of a cluster to test against; tests/cluster/run starts one." : null;

    public static string Kubeconfig => Environment.GetEnvironmentVariable(Variable) ?? "";

    /// <summary>Of the server: 20 for 1.20.</summary>
    public int Minor { get; }

    public KubernetesVersion Version => new(1, Minor);

    /// <summary>Alpha and off in 1.21, on since 1.22; where it is off, the server drops the field.</summary>
    public bool KnowsEndPort => Minor >= 22;

    /// <summary>Since 1.21 every namespace has it.</summary>
    public bool LabelsNamespacesByName => Minor >= 21;

    /// <summary>Before 1.26 a selector's values could be any text (pull request 113699 of Kubernetes).</summary>
    public bool ChecksSelectorValues => Minor >= 26;

    /// <summary>
    /// Kubernetes takes 010.0.0.0/8 for 10.0.0.0/8. Go's own parser, which servers before 1.22 use, has not done so since Go 1.17; theirs may be newer.
    /// </summary>
    public bool TakesLeadingZeros => Minor >= 22;

    /// <summary>Before 1.33, nothing was said of what stands behind an except that is no CIDR block.</summary>
    public bool ChecksEveryExcept => Minor >= 33;

    /// <summary>1.20 panics over a generateName that is a hyphen alone.</summary>
    public bool ReadsLoneHyphens => Minor >= 22;

    /// <summary>Since 1.25 the server refuses unknown fields itself, if asked to; before, it drops them and only kubectl refuses.</summary>
    public bool ChecksUnknownFields => Minor >= 25;

    [GeneratedRegex(@"^v(\d+)\.(\d+)")]
    private static partial Regex VersionNumbers();
}
