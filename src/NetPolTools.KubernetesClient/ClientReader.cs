using System.Net;
using NetPolTools.KubernetesClient.Configuration;
using NetPolTools.Live;

namespace NetPolTools.KubernetesClient;

/// <summary>
/// Reads a cluster from within this process, for machines without kubectl. Answers come as the bytes that the server sends, while it sends them, and go
/// where kubectl's go: nothing of them passes through models of the package.
/// </summary>
/// <param name="connection">Which cluster; where there is no kubeconfig, the current context is that of the pod's service account.</param>
public sealed class ClientReader(ClusterConnection connection) : IClusterReader, IDisposable
{
    private readonly object _opening = new();

    /// <summary>The login in use; an older one is, too, where an answer is still being read.</summary>
    private ApiServer? _server;

    public string Name => connection.Name;

    public ReadOutcome Get(string path, Action<Stream> read, CancellationToken cancellation)
    {
        ApiServer? server = null;
        try
        {
            server = Open(null, cancellation);
            using var response = Ask(ref server, path, cancellation);
            using var body = new AnswerStream(response.Content.ReadAsStream(cancellation), cancellation);
            if (!response.IsSuccessStatusCode)
                return ServerErrors.Understand(response, body);
            read(body);
            return ReadOutcome.Read;
        }
        catch (ConfigurationException e)
        {
            return new ReadOutcome(ReadStatus.Failed, e.Message);
        }
        catch (Exception e) when (e is HttpRequestException or IOException or InvalidDataException or OperationCanceledException)
        {
            cancellation.ThrowIfCancellationRequested();
            return ServerErrors.Understand(e, server!.Authority);
        }
        finally
        {
            Close(server);
        }
    }

    public void Dispose()
    {
        lock (_opening)
            _server?.Dispose();
    }

    private HttpResponseMessage Ask(ref ApiServer? server, string path, CancellationToken cancellation)
    {
        var response = server!.Get(path, cancellation);
        if (response.StatusCode != HttpStatusCode.Unauthorized)
            return response;

        // A login may end before its time, and kubectl would log in anew for each path.
        response.Dispose();
        var refused = server;
        Close(refused);
        server = null;
        server = Open(refused, cancellation);
        return server.Get(path, cancellation);
    }

    /// <summary>Logs in where nobody has, and where a login is over; a login plugin is run by one thread at a time.</summary>
    /// <param name="refused">A login that the server no longer takes.</param>
    private ApiServer Open(ApiServer? refused, CancellationToken cancellation)
    {
        lock (_opening)
        {
            if (_server is null || _server == refused || _server.IsExpired)
            {
                var opened = new ApiServer(connection, cancellation);
                if (_server is { Readers: 0 })
                    _server.Dispose();
                _server = opened;
            }

            _server.Readers++;
            return _server;
        }
    }

    private void Close(ApiServer? server)
    {
        if (server is null)
            return;
        lock (_opening)
        {
            server.Readers--;
            if (server.Readers == 0 && server != _server)
                server.Dispose();
        }
    }
}
