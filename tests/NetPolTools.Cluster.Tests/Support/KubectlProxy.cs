using System.Diagnostics;
using System.Text;
using System.Text.Json;

namespace NetPolTools.Cluster.Tests.Support;

/// <summary>The API server over plain HTTP, with whatever credentials the kubeconfig has: kubectl holds them.</summary>
internal sealed class KubectlProxy : IDisposable
{
    private readonly Process _kubectl = Kubectl.Start("proxy", "--port=0");
    private readonly HttpClient _http = new();

    public KubectlProxy()
    {
        // "Starting to serve on 127.0.0.1:40123"
        var line = _kubectl.StandardOutput.ReadLine() ?? "";
        _http.BaseAddress = new Uri("http://" + line[(line.LastIndexOf(' ') + 1)..]);
    }

    public async Task<(int Code, JsonElement Answer)> Post(string path, string json)
    {
        using var content = new StringContent(json, Encoding.UTF8, "application/json");
        using var response = await _http.PostAsync(path, content);
        var answer = await response.Content.ReadAsStringAsync();
        Assert.True(answer.StartsWith('{'), $"{(int)response.StatusCode} and no JSON: {answer}");
        return ((int)response.StatusCode, JsonDocument.Parse(answer).RootElement);
    }

    public void Dispose()
    {
        _http.Dispose();
        _kubectl.Kill();
        _kubectl.Dispose();
    }
}
