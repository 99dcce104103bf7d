using NetPolTools.Listing;
using NetPolTools.Sources;

namespace NetPolTools.Asking;

/// <summary>
/// Everything at once, for people to look at: who reaches whom by which rules, isolation, exposure, findings, the network plugin, and of two inputs what
/// changes. Each part is the answer of the question that is asked of it alone. What would be too large to be looked at is counted instead, and said.
/// </summary>
public sealed record ReportQuestion
{
    /// <summary>Only these namespaces, with wildcards; empty for all.</summary>
    public IReadOnlyList<string> Namespaces { get; init; } = [];

    public Assumptions Assumptions { get; init; } = new();

    /// <summary>Texts of the input, for comments that silence findings.</summary>
    public SourceTexts? Sources { get; init; }

    /// <summary>Whether the second of two inputs is applied to the first.</summary>
    public bool Apply { get; init; }

    /// <summary>Whether exposure is told of however many workloads there are.</summary>
    public bool WithExposure { get; init; }

    /// <summary>Whether a page is to be made of it, which tells why lines of exposure are: that is then worked out beside what lint finds.</summary>
    public bool IsForPage { get; init; }

    public ReportLimits Limits { get; init; } = new();

    /// <inheritdoc cref="ReachQuestion.Ask"/>
    public Answer<ClusterReport> Ask(ClusterEvaluator cluster, QuestionWords words, CancellationToken cancellation = default)
    {
        var told = new ToldOnce();
        var report = new ReportParts(this, cluster, words, told, cancellation).Report();
        return told.Give(report);
    }

    /// <param name="reference">What is.</param>
    /// <param name="difference">What is to be: the report is about it, and tells what changes.</param>
    /// <param name="words">How the face names the parts of the question.</param>
    /// <param name="cancellation">Ends the evaluation.</param>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public Answer<ClusterReport> Ask(
        ClusterEvaluator reference, ClusterEvaluator difference, QuestionWords words, CancellationToken cancellation = default)
    {
        var told = new ToldOnce();
        var question = new DifferenceQuestion(new ConnectionQuery { Namespaces = Namespaces })
        {
            Apply = Apply,
            EnforcesStaged = Assumptions.IncludesStaged,
            Assumptions = AsWritten with { IncludesStaged = false },
        };
        var after = question.ToBe(reference, difference);
        if (told.Take(question.Ask(reference, difference, after, words, cancellation)) is not { } found)
            return told.Give<ClusterReport>(null);
        var changes = found.List(cancellation).Take(Limits.MostLines + 1).ToArray();
        if (new ReportParts(this, after, words, told, cancellation).Report() is not { } report)
            return told.Give<ClusterReport>(null);
        if (changes.Length > Limits.MostLines)
        {
            changes = changes[..Limits.MostLines];
            report = report with { LeftOut = [$"Of the changes, the first {changes.Length}; diff lists all.", .. report.LeftOut] };
        }

        var exposure = report.Exposure is null ? null : told.Take(new ExposureDifferenceQuestion
        {
            Namespaces = Namespaces,
            Apply = Apply,
            EnforcesStaged = Assumptions.IncludesStaged,
            Assumptions = question.Assumptions,
        }.Ask(reference, difference, words, cancellation));
        return told.Give(report with
        {
            Change = new ReportedChange(found.Ends, found.Policies, changes)
            {
                Exposure = exposure is null ? null : [.. exposure.ListToExplain(cancellation).Take(Limits.MostLines)],
            },
        });
    }

    /// <summary>Isolation and differences are about what policies say, whatever the plugin does.</summary>
    internal Assumptions AsWritten => Assumptions with { Cni = Cni.CniChoice.Enforcing };
}
