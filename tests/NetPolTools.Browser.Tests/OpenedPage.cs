using Deque.AxeCore.Commons;
using Microsoft.Playwright;

namespace NetPolTools.Browser.Tests;

/// <summary>A page, with all that it asked for and complained about.</summary>
public sealed class OpenedPage : IAsyncDisposable
{
    /// <summary>The rules that are broken, each with the first element that breaks it. Where no rule holds at all, axe has not looked.</summary>
    private const string Axe = """
        async () => {
          const found = await axe.run({ resultTypes: ["violations"] });
          if (found.passes.length === 0) throw new Error("axe has looked at nothing");
          return found.violations.map(rule => `${rule.id}: ${rule.help}: ${rule.nodes[0].html}`);
        }
        """;

    private readonly IBrowserContext _context;
    private readonly List<string> _requests = [];
    private readonly List<string> _complaints = [];

    private OpenedPage(IBrowserContext context, IPage page)
    {
        _context = context;
        Page = page;
    }

    public IPage Page { get; }

    public static async Task<OpenedPage> Of(IBrowserContext context, string address)
    {
        var opened = new OpenedPage(context, await context.NewPageAsync());
        var page = opened.Page;
        page.Request += (_, request) => opened._requests.Add(request.Url);
        page.PageError += (_, error) => opened._complaints.Add(error);
        page.Dialog += (_, dialog) => opened._complaints.Add($"a dialog: {dialog.Message}");
        page.Console += (_, message) =>
        {
            if (message.Type is "error" or "warning")
                opened._complaints.Add($"{message.Type}: {message.Text}");
        };
        await page.GotoAsync(address);
        return opened;
    }

    /// <param name="selector">Of CSS.</param>
    /// <param name="text">Only those that hold it; null for all.</param>
    public ILocator Find(string selector, string? text = null) => Page.Locator(selector, text is null ? null : new() { HasText = text });

    /// <summary>Follows a link, and waits until the view with this heading is there.</summary>
    public async Task Follow(ILocator link, string heading)
    {
        await link.ClickAsync();
        await Assertions.Expect(Page.Locator("h1")).ToContainTextAsync(heading);
    }

    /// <summary>What axe finds wrong. It runs within the page alone, so there may be no frames in it.</summary>
    public async Task<string[]> Violations()
    {
        Assert.Single(Page.Frames);
        await Page.EvaluateAsync(new BundledAxeScriptProvider().GetScript());
        return await Page.EvaluateAsync<string[]>(Axe);
    }

    /// <summary>Nothing went wrong, and nothing but the page itself was asked for; the icon stands in it as data.</summary>
    public void IsQuiet()
    {
        Assert.Empty(_complaints);
        var others = _requests.Where(static url => !url.StartsWith("data:", StringComparison.Ordinal));
        string[] asked = [.. others.Select(static url => url.Split('#')[0]).Distinct()];
        Assert.StartsWith("file:", Assert.Single(asked), StringComparison.Ordinal);
    }

    public async ValueTask DisposeAsync() => await _context.DisposeAsync();
}
