using NetPolTools.Tests.Support;

namespace NetPolTools.Pester.Tests;

/// <summary>What comes of a suite that does not just pass.</summary>
public sealed class PesterSuiteTests : IDisposable
{
    private readonly ManifestFolder _folder = new();

    [Fact]
    public async Task Every_outcome_is_told_by_name_and_with_its_reason()
    {
        _folder.Write("Outcomes.Tests.ps1", """
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
        _folder.Write("Unreadable.Tests.ps1", "Describe 'unreadable' {");
        var tests = (await Run()).ToDictionary(static test => $"{test.File}: {test.Name}");
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
    [InlineData("Describe 'a suite' { It 'dies' { [Environment]::Exit(0) } }", "exit code 0")]
    [InlineData("Describe 'a suite' { It 'dies' { Write-Host 'last words'; [Environment]::Exit(3) } }", "last words")]
    [InlineData("# no test", "no tests")]
    public async Task A_suite_that_dies_or_is_empty_gives_no_results(string file, string told)
    {
        _folder.Write("A.Tests.ps1", file);
        Assert.Contains(told, (await Assert.ThrowsAsync<InvalidOperationException>(Run)).Message, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();

    private Task<IReadOnlyList<PesterTest>> Run() => PesterSuite.Run(_folder.Path, "", TestContext.Current.CancellationToken);

    private static void AssertFailed(PesterTest test, params string[] told)
    {
        Assert.Equal("Failed", test.Outcome);
        Assert.All(told, words => Assert.Contains(words, test.Message, StringComparison.Ordinal));
    }
}
