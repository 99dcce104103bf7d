using System.Collections.Immutable;

namespace NetPolTools.Reading.Kinds;

/// <summary>Kinds that say nothing about traffic themselves, but of the plugin that may enforce policies.</summary>
internal static class PluginTraceKinds
{
    public const string ConfigMap = "ConfigMap";
    public const string ClusterRole = "ClusterRole";
    public const string CustomResourceDefinition = "CustomResourceDefinition";

    /// <summary>
    /// With their groups; any version will do. Their groups hold kinds of other people whose names we know otherwise, such as the Ingress of
    /// config.openshift.io.
    /// </summary>
    public static readonly ImmutableArray<(string Group, string Kind, bool IsNamespaced)> All =
    [
        ("", ConfigMap, true),
        ("rbac.authorization.k8s.io", ClusterRole, false),
        ("apiextensions.k8s.io", CustomResourceDefinition, false),
        ("operator.tigera.io", "Installation", false),
        ("config.openshift.io", "Network", false),
        ("network.openshift.io", "ClusterNetwork", false),
        ("eks.amazonaws.com", "NodeClass", false),
    ];

    /// <summary>Of those kinds we do not look at every field.</summary>
    public static bool AreBuiltIn(string kind) => kind is ConfigMap or ClusterRole or CustomResourceDefinition;
}
