using System.Collections.Immutable;

namespace NetPolTools.Dialects.Cilium;

/// <summary>The words for what has no labels of its own (cilium/cilium: pkg/policy/api/entity.go).</summary>
public static class CiliumEntities
{
    public const string All = "all";
    public const string Cluster = "cluster";
    public const string Health = "health";
    public const string Host = "host";
    public const string Ingress = "ingress";
    public const string Init = "init";
    public const string KubeApiServer = "kube-apiserver";
    public const string None = "none";
    public const string RemoteNode = "remote-node";
    public const string Unmanaged = "unmanaged";
    public const string World = "world";
    public const string WorldIPv4 = "world-ipv4";
    public const string WorldIPv6 = "world-ipv6";

    /// <summary>
    /// Those that a rule may name. The schema of some releases lacks <c>world-ipv4</c> and <c>world-ipv6</c>, which Cilium itself knows.
    /// </summary>
    public static ImmutableArray<string> Names { get; } =
        [All, Cluster, "cluster-mesh", Health, Host, Ingress, Init, KubeApiServer, None, RemoteNode, Unmanaged, World, WorldIPv4, WorldIPv6];
}
