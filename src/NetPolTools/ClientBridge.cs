using NetPolTools.Live;

namespace NetPolTools;

/// <summary>
/// Loads NetPolTools.KubernetesClient into a load context of its own. By name: the module is compiled without it.
/// </summary>
internal static class ClientBridge
{
    private const string BridgeName = "NetPolTools.KubernetesClient";

    private static readonly BridgeContext Context = new(BridgeName);

    public static IClusterReader Open(ClusterConnection connection) =>
        (IClusterReader)Activator.CreateInstance(Context.Load().GetType($"{BridgeName}.ClientReader", throwOnError: true)!, connection)!;
}
