using NetPolTools.Tests.Support;

namespace NetPolTools.Pester.Tests;

/// <summary>What comes of a suite that does not just pass.</summary>
public sealed class PesterSuiteTests(PesterSuiteTests.Suites suites) : IClassFixture<PesterSuiteTests.Suites>
{
    [Fact]
    public void Every_outcome_is_told_by_name_and_with_its_reason()
    {
        var tests = suites.TestsOf("outcomes").ToDictionary(static test => $"{test.File}: {test.Name}");
        Assert.Equal(
            [
                "Outcomes.Tests.ps1: a block, the block itself", "Outcomes.Tests.ps1: a block.passes", "Outcomes.Tests.ps1: outcomes.is 1",
                "Outcomes.Tests.ps1: outcomes.is 2", "Outcomes.Tests.ps1: outcomes.is skipped", "Outcomes.Tests.ps1: outcomes.skips itself",
                "Unreadable.Tests.ps1: the file itself",
            ],
            tests.Keys.Order(StringComparer.Ordinal));
        Assert.Equal(PesterTest.Passed, tests["Outcomes.Tests.ps1: outcomes.is 1"].Outcome);
        AssertFailed(tests["Outcomes.Tests.ps1: outcomes.is 2"], "two is too many", "Outcomes.Tests.ps1: line 2");
        AssertFailed(tests["Outcomes.Tests.ps1: a block, the block itself"], "the block is broken");
        AssertFailed(tests["Unreadable.Tests.ps1: the file itself"], "Missing closing '}'");
        Assert.NotNull(tests["Outcomes.Tests.ps1: outcomes.is skipped"].SkipReason);
        Assert.Contains("there is nothing to do", tests["Outcomes.Tests.ps1: outcomes.skips itself"].SkipReason);
    }

    [Theory]
    [InlineData("ends well", "exit code 0")]
    [InlineData("ends badly", "last words")]
    [InlineData("empty", "no tests")]
    public void A_suite_that_dies_or_is_empty_gives_no_results(string suite, string told) =>
        Assert.Contains(told, Assert.Throws<InvalidOperationException>(() => suites.TestsOf(suite)).Message, StringComparison.Ordinal);

    private static void AssertFailed(PesterTest test, params string[] told)
    {
        Assert.Equal("Failed", test.Outcome);
        Assert.All(told, words => Assert.Contains(words, test.Message, StringComparison.Ordinal));
    }

    /// <summary>Suites that were run: those that leave PowerShell alone in one, with one that ends it last.</summary>
    public sealed class Suites : IAsyncLifetime
    {
        private readonly ManifestFolder _folder = new();
        private readonly Dictionary<string, PesterRun> _runs = [];

        public async ValueTask InitializeAsync()
        {
            _folder.Write("outcomes/Outcomes.Tests.ps1", """
                Describe 'outcomes' {
                    It 'is <_>' -ForEach 1, 2 { $_ | Should -Be 1 -Because 'two is too many' }
                    It 'is skipped' -Skip { throw }
                    It 'skips itself' { Set-ItResult -Skipped -Because 'there is nothing to do' }
                }
                Describe 'a block' {
                    AfterAll { throw 'the block is broken' }
                    It 'passes' { }
                }
                """);
            _folder.Write("outcomes/Unreadable.Tests.ps1", "Describe 'unreadable' {");
            _folder.Write("empty/A.Tests.ps1", "# no test");
            _folder.Write("ends well/A.Tests.ps1", "Describe 'a suite' { It 'dies' { [Environment]::Exit(0) } }");
            _folder.Write("ends badly/A.Tests.ps1", "Describe 'a suite' { It 'dies' { Write-Host 'last words'; [Environment]::Exit(3) } }");
            await Run("outcomes", "empty", "ends well");
            await Run("ends badly");
        }

        public ValueTask DisposeAsync()
        {
            _folder.Dispose();
            return ValueTask.CompletedTask;
        }

        internal IReadOnlyList<PesterTest> TestsOf(string suite) => _runs[suite].TestsOf(Folder(suite));

        private async Task Run(params string[] suites)
        {
            var run = await PesterSuite.Run([.. suites.Select(Folder)], "", TestContext.Current.CancellationToken);
            foreach (var suite in suites)
                _runs.Add(suite, run);
        }

        private string Folder(string suite) => Path.Combine(_folder.Path, suite);
    }
}
