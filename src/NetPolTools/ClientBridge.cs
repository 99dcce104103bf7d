using NetPolTools.Live;

namespace NetPolTools;

/// <summary>
/// Loads NetPolTools.KubernetesClient, where the module was published with it, into a load context of its own. By name: the module is built without it.
/// </summary>
internal static class ClientBridge
{
    private const string BridgeName = "NetPolTools.KubernetesClient";

    private static readonly BridgeContext Context = new(BridgeName);

    public static bool IsThere => Context.IsThere;

    /// <exception cref="FileNotFoundException">The bridge is not there.</exception>
    public static IClusterReader Open(ClusterConnection connection) =>
        (IClusterReader)Activator.CreateInstance(Context.Load().GetType($"{BridgeName}.ClientReader", throwOnError: true)!, connection)!;
}
