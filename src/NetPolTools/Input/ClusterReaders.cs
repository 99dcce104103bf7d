using NetPolTools.Commands;
using NetPolTools.Live;
using NetPolTools.Reading;

namespace NetPolTools.Input;

/// <summary>The way to a cluster that the user asks for, or the error that there is none.</summary>
internal static class ClusterReaders
{
    private const string NoClient = "This module was published without its own client, so it reads clusters by kubectl; its README tells how to publish it with one.";
    private const string NoKubectl = $"{KubectlProgram.NotFound} Or publish this module with its own client, as its README tells.";

    /// <summary>What it gives is to be disposed of where it is disposable.</summary>
    public static IClusterReader Open(ClusterConnection connection, ClusterTransport transport)
    {
        var takesKubectl = transport == ClusterTransport.Kubectl || (transport == ClusterTransport.Auto && KubectlProgram.Find() is not null);
        return takesKubectl ? new KubectlReader(connection)
            : ClientBridge.IsThere ? ClientBridge.Open(connection)
            : transport == ClusterTransport.Client ? new NoReader(connection.Name, DiagnosticId.ClientNotFound, NoClient)
            : new NoReader(connection.Name, DiagnosticId.KubectlNotFound, NoKubectl);
    }

    private sealed class NoReader(string name, DiagnosticId id, string message) : IClusterReader
    {
        public string Name => name;

        public ReadOutcome Get(string path, Action<Stream> read, CancellationToken cancellation) => new(ReadStatus.Failed, message) { FailedWith = id };
    }
}
