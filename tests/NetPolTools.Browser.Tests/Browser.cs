using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Runtime.InteropServices;
using Microsoft.Playwright;
using NetPolTools.Tests.CommandLine;

[assembly: AssemblyFixture(typeof(NetPolTools.Browser.Tests.Browser))]

namespace NetPolTools.Browser.Tests;

/// <summary>The browser of the machine, started once for all tests; none where there is none.</summary>
public sealed class Browser : IAsyncLifetime
{
    /// <summary>Where the browser is, for machines that have it elsewhere.</summary>
    private const string Variable = "NETPOL_BROWSER";

    private static readonly ImmutableArray<string> Names = ["chromium-headless-shell", "chromium", "google-chrome"];

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("netpol-browser-");
    private readonly ConcurrentDictionary<string, string> _reports = new();
    private IPlaywright? _playwright;
    private IBrowser? _browser;
    private string _because = "";

    public async ValueTask InitializeAsync()
    {
        if (Executable() is not { } executable)
        {
            _because = $"There is no chromium-headless-shell, chromium or google-chrome on the PATH, and {Variable} names none.";
            return;
        }

        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new() { ExecutablePath = executable, Args = ["--no-sandbox", "--disable-dev-shm-usage"] });
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null)
            await _browser.DisposeAsync();
        _playwright?.Dispose();
        _folder.Delete(recursive: true);
    }

    /// <summary>A report of manifests as a file; the same one for the same arguments.</summary>
    /// <param name="arguments">Of <c>kubectl netpol report</c>, without its output.</param>
    public string Report(params string[] arguments)
    {
        Assert.SkipWhen(_browser is null, _because);
        return _reports.GetOrAdd(string.Join('\n', arguments), _ =>
        {
            var file = Path.Combine(_folder.FullName, $"{Guid.NewGuid():N}.html");
            var run = Netpol.Run(null, ["report", .. arguments, "--output", file]);
            Assert.True(run.ExitCode == 0, run.ToString());
            return file;
        });
    }

    /// <summary>A folder for manifests.</summary>
    public string NewFolder() => _folder.CreateSubdirectory(Guid.NewGuid().ToString("N")).FullName;

    /// <summary>A page that is opened as a person opens a file, by itself and without a network.</summary>
    public async Task<OpenedPage> Open(string file, string hash = "", ColorScheme scheme = ColorScheme.Light, int width = 1280)
    {
        Assert.SkipWhen(_browser is null, _because);
        var context = await _browser!.NewContextAsync(new()
        {
            ColorScheme = scheme,
            Offline = true,
            ViewportSize = new() { Width = width, Height = 900 },
        });
        return await OpenedPage.Of(context, new Uri(file).AbsoluteUri + hash);
    }

    private static string? Executable() => Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } given
        ? given
        : (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
            .SelectMany(static folder => Names.Select(name => Path.Combine(folder, name)))
            .FirstOrDefault(static path => !RuntimeInformation.IsOSPlatform(OSPlatform.Windows) && File.Exists(path));
}
