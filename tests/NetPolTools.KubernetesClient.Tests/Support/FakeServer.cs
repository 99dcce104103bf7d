using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.Logging;

namespace NetPolTools.KubernetesClient.Tests.Support;

/// <summary>A server on loopback that answers as it is told, and notes what it was asked.</summary>
internal sealed class FakeServer : IDisposable
{
    private readonly WebApplication _application;
    private readonly ConcurrentDictionary<string, RequestDelegate> _answers = [];

    /// <param name="certificate">With it, over TLS.</param>
    public FakeServer(X509Certificate2? certificate = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelHttpsConfiguration().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen =>
        {
            if (certificate is not null)
            {
                listen.UseHttps(certificate, https =>
                {
                    https.ClientCertificateMode = ClientCertificateMode.AllowCertificate;
                    https.AllowAnyClientCertificate();
                });
            }
        }));
        _application = builder.Build();
        _application.Run(async context =>
        {
            var target = context.Request.Path + context.Request.QueryString;
            Requests.Enqueue(new FakeRequest(
                target,
                context.Request.Headers.Authorization.ToString(),
                (await context.Connection.GetClientCertificateAsync())?.Subject,
                context.Request.Host.Host));
            if (_answers.TryGetValue(target, out var answer))
                await answer(context);
            else
                context.Response.StatusCode = 404;
        });
        _application.StartAsync().GetAwaiter().GetResult();
    }

    public ConcurrentQueue<FakeRequest> Requests { get; } = [];

    /// <summary>Without a slash at the end.</summary>
    public string Url => _application.Urls.Single();

    public int Port => new Uri(Url).Port;

    /// <param name="target">Path and query.</param>
    /// <param name="answer">What it answers.</param>
    public void Answer(string target, RequestDelegate answer) => _answers[target] = answer;

    public void Answer(string target, string body, int status = 200) => Answer(target, context =>
    {
        context.Response.StatusCode = status;
        return context.Response.WriteAsync(body);
    });

    public void Dispose() => ((IDisposable)_application).Dispose();
}

/// <summary>What a request brought along.</summary>
/// <param name="Target">Path and query.</param>
/// <param name="Authorization">The header; empty for none.</param>
/// <param name="Certificate">The subject of the client's certificate; null for none.</param>
/// <param name="Host">The host that it asked for.</param>
internal sealed record FakeRequest(string Target, string Authorization, string? Certificate, string Host);
