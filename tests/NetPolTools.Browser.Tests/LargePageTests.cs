using System.Globalization;
using NetPolTools.Tests.Reports;

namespace NetPolTools.Browser.Tests;

/// <summary>
/// The page of a large cluster is small, and quick to look at. Times are those that the page measures itself, and the shortest of some turns: other work of
/// the machine makes them longer, and never shorter. There are more turns only as long as one of them is too long.
/// </summary>
public sealed class LargePageTests(Browser browser)
{
    private const int Workloads = 2000;
    private const int Turns = 3;

    /// <summary>Milliseconds.</summary>
    private const double Longest = 1000;

    /// <summary>From a step within the page until what it leads to is drawn, in milliseconds.</summary>
    private const string Step = """
        async hash => {
          const begun = performance.now();
          const shown = new Promise(resolve => addEventListener("hashchange", resolve, { once: true }));
          location.hash = hash;
          await shown;
          await new Promise(resolve => requestAnimationFrame(() => setTimeout(resolve)));
          return performance.now() - begun;
        }
        """;

    /// <summary>The page may be loaded a moment before it is painted.</summary>
    private const string FirstPaint = """
        async () => {
          const painted = () => performance.getEntriesByName("first-contentful-paint")[0]?.startTime;
          while (painted() === undefined && performance.now() < 10000)
            await new Promise(resolve => setTimeout(resolve, 10));
          return painted() ?? performance.now();
        }
        """;

    [Fact]
    public async Task At_two_thousand_workloads_and_with_exposure_it_is_under_two_megabytes_and_answers_within_a_second()
    {
        var cluster = Path.Combine(browser.NewFolder(), "cluster.yaml");
        File.WriteAllText(cluster, ManyWorkloads.Of(Workloads));
        var file = browser.Report(cluster, "--exposure");
        Assert.InRange(new FileInfo(file).Length, 100_000, 2_000_000);

        await using var opened = await browser.Open(file);
        var times = new Dictionary<string, double>();
        for (var turn = 0; turn < Turns && (turn == 0 || !AreShort()); turn++)
        {
            if (turn > 0)
                await opened.Page.ReloadAsync();
            Keep("first paint", await opened.Page.EvaluateAsync<double>(FirstPaint));
            foreach (var (hash, heading) in new[]
            {
                ("#/namespace/ns-7", "Namespace ns-7"),
                ("#/workload/ns-7%2Fapp-0%5BDeployment%5D", "app-0 Deployment in ns-7"),
                ("#/policy/ns-7%2Fteam?rule=spec.ingress%5B0%5D", "Policy ns-7/team"),
                ("#/matrix", "Matrix of namespaces"),
                ("#/matrix?from=ns-7&to=ns-8", "from ns-7 to ns-8"),
                ("#/matrix?all=1", "Matrix"),
                ("#/exposure", "Exposure"),
                ("#/exposure?grade=OwnNamespace&side=in&q=ns-19", "Exposure"),
                ("#/workloads", "Workloads"),
                ("#/workloads?q=ns-19", "Workloads"),
                ("#/search?q=app-3", "Search"),
                ("#/findings", "Findings"),
                ("#/", "Overview"),
            })
            {
                Keep(hash, await opened.Page.EvaluateAsync<double>(Step, hash));
                Assert.Contains(heading, await opened.Find("h1").TextContentAsync(), StringComparison.Ordinal);
            }
        }

        opened.IsQuiet();
        Assert.True(
            AreShort(),
            string.Join('\n', times.Select(static time => string.Create(CultureInfo.InvariantCulture, $"{time.Key}: {time.Value:F0} ms"))));

        bool AreShort() => times.Values.All(static time => time < Longest);

        void Keep(string what, double time) => times[what] = Math.Min(time, times.GetValueOrDefault(what, double.MaxValue));
    }
}
