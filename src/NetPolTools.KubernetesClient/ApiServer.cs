using System.Net;
using System.Security.Cryptography;
using k8s;
using k8s.Authentication;
using NetPolTools.KubernetesClient.Configuration;
using NetPolTools.Live;

namespace NetPolTools.KubernetesClient;

/// <summary>An API server, with a login. Several threads may ask it at a time.</summary>
internal sealed class ApiServer : IDisposable
{
    /// <summary>As many as client-go.</summary>
    private const int MostRetries = 10;

    /// <summary>Nobody's time limit is longer, and a wait handle takes no more.</summary>
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(ClusterReading.LongestTimeout);

    private static readonly string UserAgent = $"NetPolTools/{typeof(ApiServer).Assembly.GetName().Version}";

    private readonly Kubernetes _client;
    private readonly string? _tlsServerName;
    private readonly DateTimeOffset? _expires;

    /// <exception cref="ConfigurationException">The connection leads to no login.</exception>
    public ApiServer(ClusterConnection connection, CancellationToken cancellation)
    {
        var configuration = ClientConfiguration.Of(connection, out _expires, cancellation);
        _tlsServerName = string.IsNullOrEmpty(configuration.TlsServerName) ? null : configuration.TlsServerName;
        try
        {
            _client = new Kubernetes(configuration);
        }
        catch (Exception e) when (e is CryptographicException or FormatException or ArgumentException)
        {
            throw new ConfigurationException($"The client certificate of the user cannot be used: {e.Message}");
        }
    }

    /// <summary>How many are asking or reading, for its owner to count.</summary>
    public int Readers { get; set; }

    /// <summary>Host and port.</summary>
    public string Authority => _client.BaseUri.Authority;

    public bool IsExpired => _expires <= DateTimeOffset.UtcNow;

    /// <summary>Asks for a path of the API, again where the server says that it is busy and when to come back.</summary>
    /// <returns>The answer, whatever it is, of which only the headers have come.</returns>
    public HttpResponseMessage Get(string path, CancellationToken cancellation)
    {
        for (var retries = 0; ; retries++)
        {
            var response = SendAsync(path, cancellation).GetAwaiter().GetResult();
            var isBusy = response.StatusCode == HttpStatusCode.TooManyRequests || (int)response.StatusCode >= 500;
            if (!isBusy || retries == MostRetries || response.Headers.RetryAfter?.Delta is not { } wait || wait > LongestWait)
                return response;
            response.Dispose();
            cancellation.WaitHandle.WaitOne(wait);
        }
    }

    public void Dispose() => _client.Dispose();

    /// <summary>
    /// By the package's handler and credentials, not by its own way of sending: that has no time limit, and makes an exception of every answer but 2xx.
    /// </summary>
    private async Task<HttpResponseMessage> SendAsync(string path, CancellationToken cancellation)
    {
        // A path from the root would lose the path of the server's URL.
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(_client.BaseUri, path.TrimStart('/'))) { Version = HttpVersion.Version20 };
        request.Headers.Accept.ParseAdd("application/json");
        request.Headers.UserAgent.ParseAdd(UserAgent);
        request.Headers.Host = _tlsServerName;
        if (_client.Credentials is { } credentials)
            await LogInAsync(credentials, request, cancellation).ConfigureAwait(false);
        return await _client.HttpClient.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellation).ConfigureAwait(false);
    }

    private static async Task LogInAsync(ServiceClientCredentials credentials, HttpRequestMessage request, CancellationToken cancellation)
    {
        try
        {
            await credentials.ProcessHttpRequestAsync(request, cancellation).ConfigureAwait(false);
        }
        catch (AggregateException e)
        {
            throw new ConfigurationException($"The file of the token cannot be read: {e.InnerException!.Message}");
        }
        catch (FormatException e)
        {
            throw new ConfigurationException($"The token of the user is none: {e.Message}");
        }
    }
}
