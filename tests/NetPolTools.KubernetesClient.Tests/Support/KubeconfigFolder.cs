using NetPolTools.Live;
using NetPolTools.Tests.Support;

namespace NetPolTools.KubernetesClient.Tests.Support;

/// <summary>Kubeconfigs of one test, and readers that go by them.</summary>
internal sealed class KubeconfigFolder : IDisposable
{
    private readonly ManifestFolder _folder = new();
    private readonly List<ClientReader> _readers = [];

    public string Path => _folder.Path;

    /// <summary>A kubeconfig whose current context, x, is this cluster and this user.</summary>
    public static string Text(string cluster, string user = "{token: secret}", string context = "x") => $$"""
        apiVersion: v1
        kind: Config
        clusters: [{name: c-{{context}}, cluster: {{cluster}} }]
        users: [{name: u-{{context}}, user: {{user}} }]
        contexts: [{name: {{context}}, context: {cluster: c-{{context}}, user: u-{{context}} } }]
        current-context: {{context}}
        """;

    public string Write(string name, string content) => _folder.Write(name, content);

    public string At(string name) => _folder.At(name);

    /// <summary>A program of shell.</summary>
    public string WriteProgram(string name, string shell)
    {
        var file = Write(name, $"#!/bin/sh\n{shell}\n".ReplaceLineEndings("\n"));
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        return file;
    }

    /// <summary>A reader of a cluster and a user, as they stand in a kubeconfig.</summary>
    public ClientReader Reader(string cluster, string user = "{token: secret}") => ReaderOf(Write("config", Text(cluster, user)));

    public ClientReader ReaderOf(string? kubeconfig, string context = ClusterConnection.CurrentContext)
    {
        var reader = new ClientReader(new ClusterConnection(context, kubeconfig) { Folder = Path });
        _readers.Add(reader);
        return reader;
    }

    public void Dispose()
    {
        foreach (var reader in _readers)
            reader.Dispose();
        _folder.Dispose();
    }
}

internal static class Reading
{
    /// <summary>All of an answer, as text.</summary>
    public static (ReadOutcome Outcome, string Text) Read(this IClusterReader reader, string path, CancellationToken cancellation = default)
    {
        var text = "";
        var outcome = reader.Get(path, stream => text = new StreamReader(stream).ReadToEnd(), cancellation);
        return (outcome, text);
    }

    /// <summary>Why nothing was read.</summary>
    public static string Failure(this IClusterReader reader, string path = "/apis")
    {
        var (outcome, _) = reader.Read(path);
        Assert.Equal(ReadStatus.Failed, outcome.Status);
        return outcome.Message;
    }
}
