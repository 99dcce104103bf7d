using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using System.Text.Json.Nodes;
using NetPolTools.Live;

namespace NetPolTools.KubernetesClient;

/// <summary>Understands what an API server says where it does not answer, in words like kubectl's.</summary>
internal static class ServerErrors
{
    /// <summary>More than any Status; a page of a proxy may be long.</summary>
    private const int MostBody = 64 * 1024;

    /// <summary>An answer other than 2xx.</summary>
    public static ReadOutcome Understand(HttpResponseMessage response, Stream body)
    {
        switch (response.StatusCode)
        {
            case HttpStatusCode.NotFound:
                return ReadOutcome.Absent;
            case HttpStatusCode.Gone:
                return ReadOutcome.Expired;
            case HttpStatusCode.Unauthorized:
                return new ReadOutcome(ReadStatus.Failed, "You must be logged in to the server (Unauthorized).");
            default:
                var (reason, message) = StatusIn(body)
                    ?? (response.ReasonPhrase ?? $"{(int)response.StatusCode}", $"it answered with HTTP status {(int)response.StatusCode}");
                var status = response.StatusCode == HttpStatusCode.Forbidden ? ReadStatus.Forbidden : ReadStatus.Failed;
                return new ReadOutcome(status, $"Error from server ({reason}): {message}");
        }
    }

    /// <summary>No answer at all, or not all of one.</summary>
    /// <param name="failure">What sending or reading ended with.</param>
    /// <param name="authority">Host and port of the server.</param>
    public static ReadOutcome Understand(Exception failure, string authority) => new(ReadStatus.Failed, failure switch
    {
        HttpRequestException { InnerException: SocketException { SocketErrorCode: SocketError.ConnectionRefused } } =>
            $"The connection to the server {authority} was refused. Is it the right host and port?",
        // Nobody cancelled, so it is a time limit of connecting.
        HttpRequestException or OperationCanceledException => $"There is no connection to the server {authority}: {Innermost(failure).Message}",
        _ => $"The answer of the server {authority} broke off: {failure.Message}",
    });

    private static Exception Innermost(Exception e) => e.InnerException is { } inner ? Innermost(inner) : e;

    private static (string Reason, string Message)? StatusIn(Stream body)
    {
        var buffer = new byte[MostBody];
        var length = body.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false);
        try
        {
            return JsonNode.Parse(buffer.AsSpan(0, length)) is JsonObject status && (string?)status["message"] is { Length: > 0 } message
                ? ((string?)status["reason"] ?? "unknown", message)
                : null;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // No Status, so not from the API server itself.
            return null;
        }
    }
}
