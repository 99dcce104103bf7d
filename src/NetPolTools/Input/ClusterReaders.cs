using NetPolTools.Live;

namespace NetPolTools.Input;

/// <summary>The way to a cluster that the user asks for.</summary>
internal static class ClusterReaders
{
    /// <summary>What it gives is to be disposed of where it is disposable.</summary>
    public static IClusterReader Open(ClusterConnection connection, ClusterTransport transport)
    {
        var takesKubectl = transport == ClusterTransport.Kubectl || (transport == ClusterTransport.Auto && KubectlProgram.Find() is not null);
        return takesKubectl ? new KubectlReader(connection) : ClientBridge.Open(connection);
    }
}
