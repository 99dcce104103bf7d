using System.Diagnostics;
using System.IO.Compression;
using System.Text;
using Microsoft.AspNetCore.Http;
using NetPolTools.KubernetesClient.Tests.Support;
using NetPolTools.Live;

namespace NetPolTools.KubernetesClient.Tests;

/// <summary>What becomes of a server's answers, and of none.</summary>
public sealed class AnswerTests : IDisposable
{
    private readonly KubeconfigFolder _kubeconfigs = new();
    private readonly FakeServer _server = new();

    [Fact]
    public void A_path_is_asked_for_as_it_is_below_the_path_of_the_server()
    {
        _server.Answer("/k8s/clusters/c-1/api/v1/pods?limit=2&continue=a%2Fb", "{}");
        var (outcome, text) = _kubeconfigs.Reader($"{{server: \"{_server.Url}/k8s/clusters/c-1\"}}").Read("/api/v1/pods?limit=2&continue=a%2Fb");
        Assert.Equal((ReadOutcome.Read, "{}"), (outcome, text));
        Assert.Equal("Bearer secret", Assert.Single(_server.Requests).Authorization);
    }

    [Fact]
    public void An_answer_comes_while_the_server_is_still_sending_it()
    {
        using var isRead = new SemaphoreSlim(0);
        _server.Answer("/watch", async context =>
        {
            await context.Response.WriteAsync("first");
            await context.Response.Body.FlushAsync();
            await isRead.WaitAsync();
            await context.Response.WriteAsync("second");
        });
        var outcome = Reader().Get(
            "/watch",
            stream =>
            {
                var buffer = new byte[5];
                stream.ReadExactly(buffer);
                Assert.Equal("first", Encoding.ASCII.GetString(buffer));
                isRead.Release();
                Assert.Equal("second", new StreamReader(stream).ReadToEnd());
            },
            CancellationToken.None);
        Assert.Equal(ReadOutcome.Read, outcome);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Cancelling_ends_a_read_that_waits(bool hasBegun)
    {
        using var cancelling = new CancellationTokenSource();
        _server.Answer("/watch", async context =>
        {
            if (hasBegun)
                await context.Response.Body.FlushAsync();
            else
                cancelling.CancelAfter(TimeSpan.FromMilliseconds(100));
            await Task.Delay(Timeout.Infinite, context.RequestAborted);
        });
        var running = Stopwatch.StartNew();
        Assert.ThrowsAny<OperationCanceledException>(() => Reader().Get(
            "/watch",
            stream =>
            {
                cancelling.CancelAfter(TimeSpan.FromMilliseconds(100));
                stream.ReadByte();
            },
            cancelling.Token));
        Assert.InRange(running.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(10));
    }

    [Fact]
    public void A_server_that_is_busy_for_longer_than_anyone_waits_is_an_error_at_once()
    {
        _server.Answer("/apis", static context =>
        {
            context.Response.StatusCode = 429;
            context.Response.Headers.RetryAfter = "9999999";
            return Task.CompletedTask;
        });
        Assert.Equal("Error from server (Too Many Requests): it answered with HTTP status 429", Reader().Failure());
        Assert.Single(_server.Requests);
    }

    [Fact]
    public void Waiting_for_a_busy_server_ends_with_the_time_limit()
    {
        _server.Answer("/apis", static context =>
        {
            context.Response.StatusCode = 503;
            context.Response.Headers.RetryAfter = "2000000";
            return Task.CompletedTask;
        });
        using var limit = new CancellationTokenSource(TimeSpan.FromMilliseconds(200));
        Assert.ThrowsAny<OperationCanceledException>(() => Reader().Read("/apis", limit.Token));
    }

    [Fact]
    public void What_reading_throws_is_thrown()
    {
        _server.Answer("/apis", "{}");
        Assert.Throws<NotSupportedException>(() => Reader().Get("/apis", static _ => throw new NotSupportedException(), CancellationToken.None));
    }

    [Fact]
    public void An_answer_may_come_compressed()
    {
        _server.Answer("/apis", async context =>
        {
            Assert.Contains("gzip", context.Request.Headers.AcceptEncoding.ToString(), StringComparison.Ordinal);
            context.Response.Headers.ContentEncoding = "gzip";
            await using var compressed = new GZipStream(context.Response.Body, CompressionLevel.Fastest);
            await compressed.WriteAsync("{}"u8.ToArray());
        });
        Assert.Equal((ReadOutcome.Read, "{}"), Reader().Read("/apis"));
    }

    [Theory]
    [InlineData(403, ReadStatus.Forbidden, "Forbidden", "pods is forbidden: User \"jane\" cannot list",
        "Error from server (Forbidden): pods is forbidden: User \"jane\" cannot list")]
    [InlineData(404, ReadStatus.Absent, "NotFound", "the server could not find the requested resource", "")]
    [InlineData(410, ReadStatus.Expired, "Expired", "The provided continue parameter is too old", "The server no longer keeps what was asked for.")]
    [InlineData(401, ReadStatus.Failed, "Unauthorized", "Unauthorized", "You must be logged in to the server (Unauthorized).")]
    [InlineData(500, ReadStatus.Failed, "InternalError", "etcd is away", "Error from server (InternalError): etcd is away")]
    public void A_status_is_understood(int code, ReadStatus status, string reason, string message, string words)
    {
        _server.Answer("/apis", $$"""{"kind":"Status","reason":"{{reason}}","message":"{{message.Replace("\"", "\\\"", StringComparison.Ordinal)}}","code":{{code}}}""", code);
        var (outcome, text) = Reader().Read("/apis");
        Assert.Equal((status, words, ""), (outcome.Status, outcome.Message, text));
    }

    [Theory]
    [InlineData(502, ReadStatus.Failed, "Error from server (Bad Gateway): it answered with HTTP status 502")]
    [InlineData(403, ReadStatus.Forbidden, "Error from server (Forbidden): it answered with HTTP status 403")]
    public void What_a_proxy_says_in_between_is_told_by_its_status(int code, ReadStatus status, string words)
    {
        _server.Answer("/apis", "<html>sorry</html>", code);
        Assert.Equal(new ReadOutcome(status, words), Reader().Read("/apis").Outcome);
    }

    [Fact]
    public void A_busy_server_is_asked_again_when_it_says_so()
    {
        _server.Answer("/apis", context =>
        {
            context.Response.StatusCode = _server.Requests.Count < 3 ? 429 : 200;
            context.Response.Headers.RetryAfter = "0";
            return context.Response.WriteAsync("{}");
        });
        Assert.Equal((ReadOutcome.Read, "{}"), Reader().Read("/apis"));
        Assert.Equal(3, _server.Requests.Count);
    }

    [Fact]
    public void A_server_that_is_not_there_is_told_by_its_address() =>
        Assert.Equal("The connection to the server 127.0.0.1:1 was refused. Is it the right host and port?",
            _kubeconfigs.Reader("{server: \"http://127.0.0.1:1\"}").Failure());

    [Fact]
    public void A_host_that_nobody_knows_is_told_by_its_name() =>
        Assert.StartsWith("There is no connection to the server no-such-host.invalid:6443: ",
            _kubeconfigs.Reader("{server: \"http://no-such-host.invalid:6443\"}").Failure());

    [Fact]
    public void An_answer_that_breaks_off_is_a_failure()
    {
        using var isRead = new SemaphoreSlim(0);
        _server.Answer("/apis", async context =>
        {
            context.Response.ContentLength = 100;
            await context.Response.WriteAsync("{");
            await context.Response.Body.FlushAsync();
            await isRead.WaitAsync();
            context.Abort();
        });
        var outcome = Reader().Get(
            "/apis",
            stream =>
            {
                stream.ReadByte();
                isRead.Release();
                stream.CopyTo(Stream.Null);
            },
            CancellationToken.None);
        Assert.Equal(ReadStatus.Failed, outcome.Status);
        Assert.StartsWith($"The answer of the server 127.0.0.1:{_server.Port} broke off: ", outcome.Message);
    }

    public void Dispose()
    {
        _server.Dispose();
        _kubeconfigs.Dispose();
    }

    private ClientReader Reader() => _kubeconfigs.Reader($"{{server: \"{_server.Url}\"}}");
}
