using NetPolTools.Cni.Catalogue;
using NetPolTools.Diagnostics;
using NetPolTools.Isolation;
using NetPolTools.Listing;
using NetPolTools.Picturing;
using NetPolTools.Sources;
using NetPolTools.Text;

namespace NetPolTools.Asking;

/// <summary>
/// Everything at once, for people to look at: who reaches whom by which rules, isolation, findings, the network plugin, and of two inputs what changes.
/// Each part is the answer of the question that is asked of it alone. What would be too large to be looked at is counted instead, and said.
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

    public ReportLimits Limits { get; init; } = new();

    /// <inheritdoc cref="ReachQuestion.Ask"/>
    public Answer<ClusterReport> Ask(ClusterEvaluator cluster, QuestionWords words, CancellationToken cancellation = default)
    {
        var told = new ToldOnce();
        var report = Report(cluster, words, told, cancellation);
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
        if (Report(after, words, told, cancellation) is not { } report)
            return told.Give<ClusterReport>(null);
        if (changes.Length > Limits.MostLines)
        {
            changes = changes[..Limits.MostLines];
            report = report with { LeftOut = [$"Of the changes, the first {changes.Length}; diff lists all.", .. report.LeftOut] };
        }

        return told.Give(report with { Change = new ReportedChange(found.Ends, found.Policies, changes) });
    }

    /// <summary>Isolation and differences are about what policies say, whatever the plugin does.</summary>
    private Assumptions AsWritten => Assumptions with { Cni = Cni.CniChoice.Enforcing };

    private ClusterReport? Report(ClusterEvaluator cluster, QuestionWords words, ToldOnce told, CancellationToken cancellation)
    {
        var leftOut = new List<string>();
        var isolation = told.Take(new IsolationQuestion { Namespaces = Namespaces, Assumptions = AsWritten }.Ask(cluster, words, cancellation));
        if (isolation is null)
            return null;
        var map = cluster.Map(Assumptions, cancellation);
        var groups = EndpointGroup.Create(map, GroupBy.Workload).Count(group => WildcardNames.MatchAny(Namespaces, group.End.Namespace!));
        var namespaces = cluster.Snapshot.Namespaces.Where(ns => WildcardNames.MatchAny(Namespaces, ns.Name)).ToArray();
        var policies = cluster.Snapshot.PolicyObjects.Count + cluster.Snapshot.NetworkPolicies.Count;
        if (groups > Limits.MostWorkloads && namespaces.Length > Limits.MostNamespaces)
        {
            leftOut.Add($"There are {groups} workloads in {namespaces.Length} namespaces: only figures are shown. A report of some namespaces shows who "
                + "reaches whom there.");
            return new ClusterReport(cluster.Snapshot)
            {
                Figures = ReportFigures.Of(namespaces.Length, policies, isolation.Workloads),
                Cni = Plugin(cluster, words, told),
                LeftOut = leftOut,
            };
        }

        var question = new ReachQuestion(new ConnectionQuery { Namespaces = Namespaces }) { Assumptions = Assumptions };
        if (told.Take(question.Ask(cluster, words, cancellation)) is null)
            return null;
        var picture = groups <= Limits.MostWorkloads ? Picture(GroupBy.Workload, cluster, words, leftOut, cancellation) : null;
        if (picture is null)
        {
            leftOut.Add($"There are {Wording.Count(groups, "workload")} with too many connections to show each: namespaces stand for them. A report of some "
                + "namespaces shows their workloads.");
            if (namespaces.Length <= Limits.MostNamespaces)
                picture = Picture(GroupBy.Namespace, cluster, words, leftOut, cancellation);
        }

        WorkloadIsolation[] workloads = [.. isolation.Workloads];
        var byNamespace = new IsolationQuestion { By = GroupBy.Namespace, Namespaces = Namespaces, Assumptions = AsWritten }.Ask(cluster, words, cancellation);
        var lint = told.Take(new LintQuestion { Namespaces = Namespaces, Assumptions = Assumptions, Sources = Sources }.Ask(cluster, words, cancellation));
        return new ClusterReport(cluster.Snapshot)
        {
            Picture = picture,
            Workloads = picture?.By == GroupBy.Workload ? workloads : [],
            Namespaces = [.. byNamespace.Value?.Namespaces ?? []],
            Figures = ReportFigures.Of(namespaces.Length, policies, workloads) with { Connections = picture?.LineCount },
            Lint = lint,
            Cni = Plugin(cluster, words, told),
            LeftOut = leftOut,
        };
    }

    /// <summary>Null where the question says what the plugin does, or nothing of the input does.</summary>
    private CniFindings? Plugin(ClusterEvaluator cluster, QuestionWords words, ToldOnce told)
    {
        if (Assumptions.Cni.Judge(cluster.Snapshot) is not { } verdict || (!verdict.IsRecognised && verdict.Enforced == Enforcement.Unknown))
            return null;
        return told.Take(new CniQuestion { Named = verdict, Namespaces = Namespaces }.Ask(cluster, words));
    }

    private ReachPicture? Picture(GroupBy by, ClusterEvaluator cluster, QuestionWords words, List<string> leftOut, CancellationToken cancellation)
    {
        var query = new ConnectionQuery { By = by, Namespaces = Namespaces };
        if (new ReachQuestion(query) { Assumptions = Assumptions }.Ask(cluster, words, cancellation).Value is not { } connections)
            return null;
        var map = cluster.Map(Assumptions, cancellation);
        var reasons = by == GroupBy.Workload ? new ReasonCollector(map, Limits.MostReasons) : null;
        var builder = new ReachPictureBuilder(by, query.IsInNamespaces, reasons);
        builder.AddAll(map);
        foreach (var connection in connections.List(cancellation))
        {
            builder.Add(connection);
            if (builder.LineCount > Limits.MostLines)
                return null;
        }

        if (reasons?.IsGivenUp == true)
            leftOut.Add("Too many rules decide to show them beside each connection; reach --explain and Get-NetPolReachability -Explain tell them.");
        return builder.Build();
    }

    /// <summary>What several questions of one cluster say, each thing once.</summary>
    private sealed class ToldOnce
    {
        private readonly List<AnswerDiagnostic> _told = [];
        private readonly HashSet<(string Message, SourceLocation Location)> _known = [];
        private readonly List<Diagnostic> _ofInput = [];
        private AnswerStatus _status;

        public T? Take<T>(Answer<T> answer)
            where T : class
        {
            _status = answer.Status > _status ? answer.Status : _status;
            _ofInput.AddRange(answer.InputDiagnostics.Where(IsNew));
            _told.AddRange(answer.Diagnostics.Where(told => IsNew(told.Diagnostic)));
            return answer.Value;
        }

        public Answer<T> Give<T>(T? value)
            where T : class => new(value is null ? AnswerStatus.NotAnswered : _status, value, _told, _ofInput);

        private bool IsNew(Diagnostic diagnostic) => _known.Add((diagnostic.Message, diagnostic.Location));
    }
}

/// <summary>How much of a cluster a report shows; beyond, it counts.</summary>
public sealed record ReportLimits
{
    /// <summary>Workloads that stand in a matrix.</summary>
    public int MostWorkloads { get; init; } = 4000;

    /// <summary>Namespaces that stand in a matrix.</summary>
    public int MostNamespaces { get; init; } = 1000;

    /// <summary>Connections.</summary>
    public int MostLines { get; init; } = 2_000_000;

    /// <summary>Pairs of a subject's rules and a peer that are explained.</summary>
    public int MostReasons { get; init; } = 400_000;
}
