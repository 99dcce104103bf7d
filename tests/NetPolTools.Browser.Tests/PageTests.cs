using Microsoft.Playwright;
using NetPolTools.Tests.Reports;
using NetPolTools.Tests.Support;

namespace NetPolTools.Browser.Tests;

/// <summary>The page of a report in a real browser, as people and screen readers use it.</summary>
public sealed class PageTests(Browser browser)
{
    private static string ThreeTier => Repository.Manifests("three-tier");

    [Fact]
    public async Task Leads_from_the_overview_to_the_line_of_a_rule()
    {
        await using var opened = await browser.Open(browser.Report(ThreeTier));
        await opened.Follow(opened.Find("main a:text-is('shop')").First, "Namespace shop");
        await opened.Follow(opened.Find("main tbody a", "shop/api").First, "api");
        await opened.Follow(opened.Find("main a", "shop/api spec.ingress[0]").First, "Policy shop/api");
        await Assertions.Expect(opened.Find("main")).ToContainTextAsync("policies.yaml:32");
        await opened.Page.GoBackAsync();
        await Assertions.Expect(opened.Find("h1")).ToContainTextAsync("api");
        await opened.Follow(opened.Find("main a:text-is('why')").First, "From");
        await Assertions.Expect(opened.Find("main")).ToContainTextAsync("allowed");
        opened.IsQuiet();
    }

    [Fact]
    public async Task A_cell_of_the_matrix_opens_the_workloads_and_one_of_these_the_reasons()
    {
        await using var opened = await browser.Open(browser.Report(ThreeTier), "#/matrix");
        await opened.Follow(opened.Find("td.cell a[aria-label^='shop to shop']"), "from shop to shop");
        await opened.Follow(opened.Find("td.cell a[aria-label^='web to db']"), "From shop/web");
        await Assertions.Expect(opened.Find("main")).ToContainTextAsync("not allowed");
        opened.IsQuiet();
    }

    [Fact]
    public async Task Of_many_policies_and_rules_the_first_are_named_and_the_others_counted()
    {
        var cluster = Path.Combine(browser.NewFolder(), "many.yaml");
        File.WriteAllText(cluster, ManyPolicies.Of(120));
        await using var opened = await browser.Open(browser.Report(cluster), "#/workload/shop%2Fweb%5BDeployment%5D");
        await Assertions.Expect(opened.Find("main .card li", "and 20 more")).ToHaveCountAsync(2);
        await Assertions.Expect(opened.Find("main td li", "and 70 more").First).ToBeVisibleAsync();
        await Assertions.Expect(opened.Find("main p", "the first alone are named here")).ToHaveCountAsync(1);
        await opened.Follow(opened.Find("main a", "shop/policy-0 spec.ingress[0]").First, "Policy shop/policy-0");
        await Assertions.Expect(opened.Find("main p", "the first rules alone are named here")).ToHaveCountAsync(1);
        opened.IsQuiet();
    }

    [Fact]
    public async Task What_is_searched_and_filtered_stays_when_the_page_is_loaded_again()
    {
        await using var opened = await browser.Open(browser.Report(ThreeTier));
        await opened.Page.Keyboard.PressAsync("/");
        await opened.Page.Keyboard.TypeAsync("shop/d");
        await Assertions.Expect(opened.Find("main tbody tr")).ToHaveCountAsync(3);
        await opened.Page.ReloadAsync();
        await Assertions.Expect(opened.Find("main tbody tr")).ToHaveCountAsync(3);
        await Assertions.Expect(opened.Find("#query")).ToHaveValueAsync("shop/d");

        await opened.Find("nav a", "Workloads").ClickAsync();
        await opened.Find("#filter-q").FillAsync("web");
        await opened.Find("#choice-state").SelectOptionAsync("out");
        await Assertions.Expect(opened.Find("main tbody tr")).ToHaveCountAsync(1);
        await opened.Page.ReloadAsync();
        await Assertions.Expect(opened.Find("main tbody tr")).ToHaveCountAsync(1);
        await Assertions.Expect(opened.Find("#filter-q")).ToHaveValueAsync("web");
        await Assertions.Expect(opened.Find("#choice-state")).ToHaveValueAsync("out");
        opened.IsQuiet();
    }

    [Fact]
    public async Task Leads_from_the_grade_of_an_exposure_to_the_line_of_a_rule()
    {
        await using var opened = await browser.Open(browser.Report(Repository.Manifests("labels")));
        await opened.Follow(opened.Find("main tr", "namespaces with certain labels").Locator("a").First, "Exposure");
        await Assertions.Expect(opened.Find("main tbody tr")).ToHaveCountAsync(1);
        await Assertions.Expect(opened.Find("#choice-side")).ToHaveValueAsync("in");
        await opened.Follow(opened.Find("main tbody a", "bank/ledger Deployment").First, "ledger");
        await Assertions.Expect(opened.Find("main")).ToContainTextAsync("pods with app!=ledger,role=teller in bank");
        await opened.Follow(opened.Find("main a", "bank/ledger spec.ingress[1]").First, "Policy bank/ledger");
        await Assertions.Expect(opened.Find("main p", "spec.ingress[1]")).ToContainTextAsync("application.yaml:70");
        opened.IsQuiet();
    }

    [Fact]
    public async Task Shows_what_changes()
    {
        await using var opened = await browser.Open(browser.Report(Repository.Manifests("three-tier-next"), "--reference", ThreeTier));
        await opened.Follow(opened.Find("nav a", "Changes"), "Changes");
        await opened.Find("#choice-kind").SelectOptionAsync("Closed");
        await Assertions.Expect(opened.Find("main tbody tr").First).ToContainTextAsync("~shop/web");
        opened.IsQuiet();
    }

    [Fact]
    public async Task Is_dark_where_people_want_it_dark()
    {
        var file = browser.Report(ThreeTier);
        await using var light = await browser.Open(file);
        await using var dark = await browser.Open(file, scheme: ColorScheme.Dark);
        const string Ground = "getComputedStyle(document.body).backgroundColor";
        Assert.Equal("rgb(255, 255, 255)", await light.Page.EvaluateAsync<string>(Ground));
        Assert.Equal("rgb(20, 23, 28)", await dark.Page.EvaluateAsync<string>(Ground));
    }

    [Fact]
    public async Task On_paper_everything_is_unfolded_and_nothing_is_for_clicking()
    {
        await using var opened = await browser.Open(browser.Report(ThreeTier), "#/workload/shop%2Fapi%5BDeployment%5D");
        await opened.Find("details").First.EvaluateAsync("details => details.open = false");
        await opened.Page.EmulateMediaAsync(new() { Media = Media.Print });
        await opened.Page.EvaluateAsync("dispatchEvent(new Event('beforeprint'))");
        await Assertions.Expect(opened.Find("#nav")).ToBeHiddenAsync();
        await Assertions.Expect(opened.Find("svg.around")).ToBeVisibleAsync();
        opened.IsQuiet();
    }

    [Theory]
    [InlineData("#/", ColorScheme.Light)]
    [InlineData("#/", ColorScheme.Dark)]
    [InlineData("#/matrix", ColorScheme.Light)]
    [InlineData("#/matrix?from=shop&to=shop", ColorScheme.Dark)]
    [InlineData("#/workload/shop%2Fapi%5BDeployment%5D", ColorScheme.Light)]
    [InlineData("#/pair/shop%2Fweb%5BDeployment%5D?to=shop%2Fapi%5BDeployment%5D", ColorScheme.Light)]
    [InlineData("#/policy/shop%2Fapi", ColorScheme.Dark)]
    [InlineData("#/changes", ColorScheme.Light)]
    [InlineData("#/findings", ColorScheme.Light)]
    [InlineData("#/exposure", ColorScheme.Light)]
    [InlineData("#/exposure", ColorScheme.Dark)]
    public async Task Axe_has_nothing_to_say(string view, ColorScheme scheme)
    {
        var file = browser.Report(Repository.Manifests("three-tier-next"), "--reference", ThreeTier);
        await using var opened = await browser.Open(file, view, scheme);
        Assert.Empty(await opened.Violations());
    }

    /// <summary>Whatever the names are, they are names.</summary>
    [Fact]
    public async Task No_name_becomes_anything_else()
    {
        var folder = browser.NewFolder();
        const string Name = "<img src=x onerror=alert(1)>&quot;'<!--</script>";
        var file = Path.Combine(folder, Name.Replace('/', '\u2215') + ".yaml");
        File.WriteAllText(file, File.ReadAllText(Path.Combine(ThreeTier, "policies.yaml")));
        File.Copy(Path.Combine(ThreeTier, "application.yaml"), Path.Combine(folder, "application.yaml"));
        await using var opened = await browser.Open(browser.Report(folder), "#/policies");
        await Assertions.Expect(opened.Find("main")).ToContainTextAsync("<img src=x onerror=alert(1)>&quot;'<!--");
        Assert.Equal(0, await opened.Find("img").CountAsync());
        opened.IsQuiet();
    }

    /// <summary>Beyond 80 rows the matrix is one picture, which keys move in, and a list says the same.</summary>
    [Fact]
    public async Task A_large_matrix_is_a_picture_and_a_list()
    {
        var folder = browser.NewFolder();
        File.WriteAllText(Path.Combine(folder, "cluster.yaml"), ManyWorkloads.Of(200));
        await using var opened = await browser.Open(browser.Report(folder), "#/matrix?all=1");
        await opened.Find("canvas").FocusAsync();
        await opened.Page.Keyboard.PressAsync("ArrowRight");
        await Assertions.Expect(opened.Find(".reading")).ToContainTextAsync("ns-0/app-0 → ns-0/app-1");
        await opened.Find("summary").ClickAsync();
        await Assertions.Expect(opened.Find("main tbody tr")).ToHaveCountAsync(200);
        await opened.Find("canvas").FocusAsync();
        await opened.Page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(opened.Find("h1")).ToContainTextAsync("From ns-0/app-0");
        opened.IsQuiet();
    }

    [Theory]
    [InlineData("#/")]
    [InlineData("#/matrix")]
    [InlineData("#/workload/shop%2Fapi%5BDeployment%5D")]
    [InlineData("#/findings")]
    [InlineData("#/exposure")]
    public async Task Fits_a_phone(string view)
    {
        await using var opened = await browser.Open(browser.Report(ThreeTier), view, width: 390);
        Assert.InRange(await opened.Page.EvaluateAsync<int>("document.documentElement.scrollWidth"), 1, 390);
    }
}
