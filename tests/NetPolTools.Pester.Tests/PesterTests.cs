namespace NetPolTools.Pester.Tests;

/// <summary>The Pester suite of tests/Pester, run once in a real PowerShell over the published module. Each of its tests is a result of its own here.</summary>
public sealed class PesterTests
{
    /// <summary>Runs the suite. It fails as a whole where there is no list of results.</summary>
    public static async Task<IEnumerable<TheoryDataRow<PesterTest>>> Results()
    {
        var tests = await PesterSuite.RunOwn(TestContext.Current.CancellationToken);
        return tests.Select(static test =>
            new TheoryDataRow<PesterTest>(test) { TestDisplayName = $"{test.File}: {test.Name}", Label = "", Skip = test.SkipReason });
    }

    /// <remarks>Not at discovery: an IDE or a filter that only lists tests would run the suite.</remarks>
    [Theory]
    [MemberData(nameof(Results), DisableDiscoveryEnumeration = true)]
    public void Test_of_the_suite_passes(PesterTest test)
    {
        if (test.Outcome != PesterTest.Passed)
            Assert.Fail(test.Message ?? $"Pester calls this test {test.Outcome}.");
    }
}
