using NetPolTools.Cni;
using NetPolTools.Diagnostics;
using NetPolTools.Difference;

namespace NetPolTools.Asking;

/// <summary>The two states of a cluster that a comparison is about, and what there is to know of them.</summary>
internal sealed class ComparedStates
{
    private readonly bool _isAppliedByItself;

    private ComparedStates(Findings findings, ClusterEvaluator after, bool isAppliedByItself) =>
        (Findings, After, _isAppliedByItself) = (findings, after, isAppliedByItself);

    public Findings Findings { get; }

    /// <summary>What is to be.</summary>
    public ClusterEvaluator After { get; }

    /// <param name="reference">What is.</param>
    /// <param name="difference">What is to be, or is applied to it.</param>
    /// <param name="after">What <see cref="ChangedCluster.ToBe"/> gives of both.</param>
    /// <param name="apply">Whether it is applied in any case.</param>
    /// <param name="words">How the face names the parts of the question.</param>
    public static ComparedStates Of(ClusterEvaluator reference, ClusterEvaluator difference, ClusterEvaluator after, bool apply, QuestionWords words)
    {
        // Against a side that holds nothing, everything would look added or removed.
        var findings = ReferenceEquals(reference, difference)
            ? Findings.Of(words, (QuestionPart.Reference, reference.Snapshot))
            : Findings.Of(words, (QuestionPart.Reference, reference.Snapshot), (QuestionPart.Difference, difference.Snapshot));
        if (findings.ArePreventing)
            return new ComparedStates(findings, after, false);
        if (!ReferenceEquals(reference, after))
            findings.AddState(QuestionPart.Difference, after.Snapshot);
        return new ComparedStates(findings, after, !apply && AppliedPolicies.AreMeant(reference.Snapshot, difference.Snapshot));
    }

    /// <summary>What is assumed of two states of one cluster: policies of a plugin's own in one tell what plugin the cluster has, in the other too.</summary>
    public static (Assumptions Before, Assumptions After) Assumed(
        (ClusterEvaluator Cluster, Assumptions Assumed) before, (ClusterEvaluator Cluster, Assumptions Assumed) after)
    {
        string[] enginesBefore = [.. new OwnPolicies(before.Cluster.Snapshot).Engines], enginesAfter = [.. new OwnPolicies(after.Cluster.Snapshot).Engines];
        return (enginesBefore, enginesAfter) switch
        {
            ([], [var comes]) => (before.Assumed with { ComparedEngine = comes }, after.Assumed),
            ([var goes], []) => (before.Assumed, after.Assumed with { ComparedEngine = goes }),
            _ => (before.Assumed, after.Assumed),
        };
    }

    /// <summary>That policies alone were applied, where nobody asked for it; told last.</summary>
    public void TellApplied()
    {
        if (_isAppliedByItself)
            Findings.Add(new Diagnostic(DiagnosticId.PoliciesApplied, DiagnosticSeverity.Warning, AppliedPolicies.Warning), null);
    }
}
