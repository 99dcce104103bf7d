using NetPolTools.Cni.Catalogue;
using NetPolTools.Exposure;
using NetPolTools.Isolation;
using NetPolTools.Linting;
using NetPolTools.Listing;
using NetPolTools.Picturing;
using NetPolTools.Reachability;
using NetPolTools.Summaries;
using NetPolTools.Text;

namespace NetPolTools.Asking;

/// <summary>Asks what a report of one cluster is made of.</summary>
/// <param name="question">What is asked.</param>
/// <param name="cluster">Of what.</param>
/// <param name="words">How the face names the parts of the question.</param>
/// <param name="told">Takes what the answers say besides.</param>
/// <param name="cancellation">Ends the evaluation.</param>
internal sealed class ReportParts(
    ReportQuestion question, ClusterEvaluator cluster, QuestionWords words, ToldOnce told, CancellationToken cancellation)
{
    private readonly List<string> _leftOut = [];

    private ReportLimits Limits => question.Limits;

    /// <summary>Null where there is no answer.</summary>
    public ClusterReport? Report()
    {
        Found? found = null;
        Answer<LintReport>? lint = null;
        if (HasFewNamespaces)
        {
            // What both need, and would both make. Lint is told of few namespaces whatever else is found, so it need not wait for that.
            _ = cluster.Map(question.Assumptions, keepsPeers: true, cancellation);
            ParallelParts.Do(Linter.IsSmall(cluster.Snapshot), () => found = Isolated() is { } isolated ? Pictured(isolated) : null, () => lint = Lint());
        }
        else if (Isolated() is { } isolated)
        {
            if (isolated.Workloads.Length > Limits.MostWorkloads && isolated.Namespaces.Length > Limits.MostNamespaces)
            {
                found = Counted(isolated);
            }
            else
            {
                _ = cluster.Map(question.Assumptions, keepsPeers: true, cancellation);
                ParallelParts.Do(Linter.IsSmall(cluster.Snapshot), () => found = Pictured(isolated), () => lint = Lint());
            }
        }

        if (found is null)
            return null;
        var policies = cluster.Snapshot.PolicyObjects.Count + cluster.Snapshot.NetworkPolicies.Count;
        var picture = found.Picture;
        return new ClusterReport(cluster.Snapshot)
        {
            Limits = Limits,
            Picture = picture,
            Workloads = picture?.By == GroupBy.Workload ? found.Workloads : [],
            Namespaces = found.Namespaces,
            Figures = ReportFigures.Of(found.Namespaces.Length, policies, found.Workloads) with { Connections = picture?.LineCount },
            Exposure = found.Exposure,
            Lint = lint is null ? null : told.Take(lint),
            Cni = Plugin(),
            LeftOut = _leftOut,
        };
    }

    private bool HasFewNamespaces => cluster.Snapshot.Namespaces.Count <= Limits.MostNamespaces;

    /// <summary>Which workloads there are, and which of them are isolated; null where there is no answer.</summary>
    private Found? Isolated()
    {
        var asked = new IsolationQuestion
        {
            WithNamespaces = true,
            Namespaces = question.Namespaces,
            Assumptions = question.AsWritten,
            KeepsPeers = HasFewNamespaces,
        };
        return told.Take(asked.Ask(cluster, words, cancellation)) is { } isolation ? new Found([.. isolation.Workloads], [.. isolation.Namespaces]) : null;
    }

    /// <summary>Where workloads and namespaces are too many for anything else.</summary>
    private Found Counted(Found isolated)
    {
        _leftOut.Add($"There are {isolated.Workloads.Length} workloads in {isolated.Namespaces.Length} namespaces: figures and a list of namespaces are shown, "
            + "without who reaches whom and without what lint finds. A report of some namespaces shows both, and lint tells its findings alone.");
        return isolated with { Exposure = Exposure(isolated.Workloads.Length) };
    }

    /// <summary>The same with who reaches whom, and who that does not exist yet could; null where there is no answer.</summary>
    private Found? Pictured(Found isolated) => TryPicture(isolated.Workloads.Length, isolated.Namespaces.Length, out var picture)
        ? isolated with { Picture = picture, Exposure = Exposure(isolated.Workloads.Length) }
        : null;

    /// <summary>By workload; by namespace where these are too many; and null where namespaces are too many as well.</summary>
    /// <returns>Whether there is an answer.</returns>
    private bool TryPicture(int workloads, int namespaces, out ReachPicture? picture)
    {
        picture = null;
        if (workloads <= Limits.MostWorkloads && !TryPicture(GroupBy.Workload, out picture))
            return false;
        if (picture is not null)
            return true;
        if (namespaces <= Limits.MostNamespaces && !TryPicture(GroupBy.Namespace, out picture))
            return false;
        _leftOut.Add($"There are {Wording.Count(workloads, "workload")} with too many connections to show each"
            + (picture is null ? ", also between namespaces." : ": namespaces stand for them.") + " A report of some namespaces shows their workloads.");
        return true;
    }

    private bool TryPicture(GroupBy by, out ReachPicture? picture)
    {
        picture = null;
        var query = new ConnectionQuery { By = by, Namespaces = question.Namespaces };
        if (told.Take(new ReachQuestion(query) { Assumptions = question.Assumptions }.Ask(cluster, words, cancellation)) is not { } connections)
            return false;
        var map = cluster.Map(question.Assumptions, cancellation);
        if (by == GroupBy.Workload && HasTooManyPairs(map))
            return true;
        var reasons = by == GroupBy.Workload ? new ReasonCollector(map, Limits.MostReasons, Limits.MostAsked, Limits.MostRules, Limits.MostPolicies) : null;
        var builder = new ReachPictureBuilder(by, query.IsInNamespaces, reasons);
        builder.AddAll(map);
        foreach (var connection in connections.List(cancellation))
        {
            builder.Add(connection);
            if (builder.LineCount > Limits.MostLines)
                return true;
        }

        if (reasons?.IsGivenUp == true)
            _leftOut.Add("Too many rules decide to show them beside each connection; reach --explain and Get-NetPolReachability -Explain tell them.");
        picture = builder.Build();
        return true;
    }

    /// <summary>Whether workloads surely have more lines than are shown: counting tells in a tenth of the time that it takes to list them in vain.</summary>
    private bool HasTooManyPairs(ReachabilityMap map) => (long)map.Endpoints.PodCount * map.Endpoints.PodCount > Limits.MostLines
        && new SummaryReport(map, question.Namespaces).CountPairs(cancellation) > Limits.MostLines;

    /// <summary>Null where it is left out.</summary>
    private IReadOnlyList<ExposureLine>? Exposure(int workloads)
    {
        if (workloads > Limits.MostExposed && !question.WithExposure)
        {
            _leftOut.Add($"Exposure, which is who that does not exist yet could reach workloads, is left out of a report of more than {Limits.MostExposed} "
                + "workloads: --exposure and -IncludeExposure bring it in, and kubectl netpol exposure and Get-NetPolExposure tell it alone.");
            return null;
        }

        var asked = new ExposureQuestion { Namespaces = question.Namespaces, Assumptions = question.Assumptions };
        var explained = question.IsForPage ? Limits.MostRules : 0;
        return told.Take(asked.Ask(cluster, words, cancellation)) is { } found ? [.. found.LinesToExplain(explained, cancellation)] : null;
    }

    /// <summary>The answer, of which nothing is told yet: it comes at the same time as the picture.</summary>
    private Answer<LintReport> Lint() =>
        new LintQuestion { Namespaces = question.Namespaces, Assumptions = question.Assumptions, Sources = question.Sources }
            .Ask(cluster, words, cancellation);

    /// <summary>Null where the question says what the plugin does, or nothing of the input does.</summary>
    private CniFindings? Plugin()
    {
        if (question.Assumptions.Cni.Judge(cluster.Snapshot) is not { } verdict || (!verdict.IsRecognised && verdict.Enforced == Enforcement.Unknown))
            return null;
        return told.Take(new CniQuestion { Named = verdict, Namespaces = question.Namespaces }.Ask(cluster, words));
    }

    /// <summary>What there is beside what lint finds.</summary>
    private sealed record Found(WorkloadIsolation[] Workloads, NamespaceIsolation[] Namespaces)
    {
        public ReachPicture? Picture { get; init; }

        public IReadOnlyList<ExposureLine>? Exposure { get; init; }
    }
}
