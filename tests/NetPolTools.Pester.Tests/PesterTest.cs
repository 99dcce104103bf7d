namespace NetPolTools.Pester.Tests;

/// <summary>What Pester says about one test, or of a block or file that failed outside of its tests.</summary>
/// <param name="File">The suite's file.</param>
/// <param name="Name">The names of the blocks around the test and its own, with data filled in.</param>
/// <param name="Outcome">Pester's word for it.</param>
/// <param name="Message">Why it failed or was skipped, with the place; null where Pester says nothing.</param>
public sealed record PesterTest(string File, string Name, string Outcome, string? Message)
{
    /// <summary>The outcome of a test that passed.</summary>
    public const string Passed = "Passed";

    /// <summary>Why the test was skipped; null for one that was not.</summary>
    public string? SkipReason => Outcome == "Skipped" ? Message ?? "The suite skips it here." : null;

    // Test runners show it.
    public override string ToString() => Name;
}
