using System.Net;
using System.Net.Sockets;

namespace NetPolTools.Cluster.Tests.Support;

/// <summary>A port of this machine that leads to a server, until it is cut.</summary>
internal sealed class CuttableLine : IDisposable
{
    private readonly Uri _server;
    private readonly List<TcpClient> _open = [];
    private TcpListener _listener = new(IPAddress.Loopback, 0);

    public CuttableLine(Uri server)
    {
        _server = server;
        _listener.Start();
        Port = ((IPEndPoint)_listener.LocalEndpoint).Port;
        _ = AcceptAsync(_listener);
    }

    public int Port { get; }

    /// <summary>Ends every connection, and refuses new ones.</summary>
    public void Cut()
    {
        _listener.Stop();
        lock (_open)
        {
            foreach (var connection in _open)
                connection.Dispose();
            _open.Clear();
        }
    }

    public void Mend()
    {
        _listener = new TcpListener(IPAddress.Loopback, Port);
        _listener.Start();
        _ = AcceptAsync(_listener);
    }

    public void Dispose() => Cut();

    private async Task AcceptAsync(TcpListener listener)
    {
        try
        {
            while (true)
                _ = ConnectAsync(await listener.AcceptTcpClientAsync());
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // Cut.
        }
    }

    private async Task ConnectAsync(TcpClient near)
    {
        var far = new TcpClient();
        lock (_open)
            _open.AddRange([near, far]);
        try
        {
            await far.ConnectAsync(_server.Host, _server.Port);
            await Task.WhenAny(near.GetStream().CopyToAsync(far.GetStream()), far.GetStream().CopyToAsync(near.GetStream()));
        }
        catch (Exception e) when (e is IOException or SocketException or ObjectDisposedException or InvalidOperationException)
        {
            // Cut on the way.
        }

        near.Dispose();
        far.Dispose();
    }
}
