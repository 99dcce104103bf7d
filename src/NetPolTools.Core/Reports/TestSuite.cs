using NetPolTools.Text;

namespace NetPolTools.Reports;

/// <summary>What was checked, as test results have it.</summary>
/// <param name="Name">Of what the tests have in common.</param>
/// <param name="Cases">At least one.</param>
public sealed record TestSuite(string Name, IReadOnlyList<TestCase> Cases);

/// <summary>One test of a suite.</summary>
/// <param name="ClassName">What it belongs to.</param>
/// <param name="Name">In its suite.</param>
public sealed record TestCase(string ClassName, string Name)
{
    /// <summary>The name that is its own among all suites.</summary>
    public string FullName { get; init; } = $"{ClassName}.{Name}";

    public SourceLocation Location { get; init; }

    /// <summary>Why it failed; empty where it did not.</summary>
    public IReadOnlyList<TestFailure> Failures { get; init; } = [];

    /// <summary>Why it neither passed nor failed; empty where it did either.</summary>
    public IReadOnlyList<TestFailure> Open { get; init; } = [];

    /// <summary>Why it was not run; null where it was.</summary>
    public string? Skipped { get; init; }

    public bool HasPassed => Failures.Count + Open.Count == 0 && Skipped is null;
}

/// <summary>What is wrong.</summary>
/// <param name="Type">A word, such as error.</param>
/// <param name="Message">A line.</param>
/// <param name="Text">All there is to say.</param>
/// <param name="Place">Where, as a line.</param>
public sealed record TestFailure(string Type, string Message, string Text, string Place);

/// <summary>Suites of one run.</summary>
/// <param name="Name">The command.</param>
/// <param name="Suites">All of them.</param>
public sealed record TestRun(string Name, IReadOnlyList<TestSuite> Suites);
