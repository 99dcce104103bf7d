using NetPolTools.Tests.CommandLine;
using NetPolTools.Tests.Reports;
using NetPolTools.Tests.Support;

namespace NetPolTools.Browser.Tests;

/// <summary>What is written for Mermaid, drawn by Mermaid itself.</summary>
public sealed class MermaidTests(Browser browser)
{
    /// <summary>The file mermaid.min.js of the package mermaid.</summary>
    private const string Variable = "NETPOL_MERMAID";

    [Theory]
    [InlineData("three-tier", "")]
    [InlineData("three-tier-next", "three-tier")]
    [InlineData("admin-tiers", "")]
    [InlineData("calico", "")]
    [InlineData("", "")]
    public async Task Mermaid_draws_it(string folder, string reference)
    {
        var library = Environment.GetEnvironmentVariable(Variable);
        Assert.SkipWhen(string.IsNullOrEmpty(library), $"{Variable} does not name the file mermaid.min.js.");
        var path = Repository.Manifests(folder);
        if (folder.Length == 0)
        {
            path = Path.Combine(browser.NewFolder(), "cluster.yaml");
            File.WriteAllText(path, ManyWorkloads.Of(700));
        }

        string[] compared = reference.Length == 0 ? [] : ["--reference", Repository.Manifests(reference)];
        var text = Netpol.Run(null, ["report", path, "-o", "mermaid", .. compared]).Output;
        Assert.True(text.Split('\n').Count(static line => line.Contains(">|", StringComparison.Ordinal)) is > 0 and < 500);
        Assert.InRange(text.Length, 1, 50_000);
        await using var opened = await browser.Open(browser.Report(Repository.Manifests("three-tier")));
        var page = await opened.Page.Context.NewPageAsync();
        await page.SetContentAsync("<p></p>");
        await page.AddScriptTagAsync(new() { Path = library });
        var drawn = await page.EvaluateAsync<string>(
            "async text => { mermaid.initialize({ startOnLoad: false }); return (await mermaid.render('drawn', text)).svg; }", text);
        Assert.Contains("<svg", drawn, StringComparison.Ordinal);
        Assert.DoesNotContain("Syntax error", drawn, StringComparison.Ordinal);
    }
}
