using NetPolTools.Diagnostics;
using NetPolTools.Difference;

namespace NetPolTools.Asking;

/// <summary>What a second input makes of a first: another state in its place, or the first with the second applied.</summary>
internal static class ChangedCluster
{
    /// <param name="reference">What is.</param>
    /// <param name="difference">What is to be; the same one where only its staged policies make a difference.</param>
    /// <param name="apply">Whether it is applied, as kubectl apply would; policies alone always are.</param>
    public static ClusterEvaluator ToBe(ClusterEvaluator reference, ClusterEvaluator difference, bool apply) =>
        apply || AppliedPolicies.AreMeant(reference.Snapshot, difference.Snapshot)
            ? new ClusterEvaluator(reference.Snapshot.With(difference.Snapshot.Objects()))
            : difference;

    /// <summary>The same, and tells what the state lacks, and that policies were applied although nobody asked for it.</summary>
    /// <param name="reference">What is.</param>
    /// <param name="difference">What is to be.</param>
    /// <param name="apply">Whether it is applied.</param>
    /// <param name="findings">Told.</param>
    public static ClusterEvaluator Of(ClusterEvaluator reference, ClusterEvaluator difference, bool apply, Findings findings)
    {
        var after = ToBe(reference, difference, apply);
        if (!ReferenceEquals(reference, after))
            findings.AddState(QuestionPart.Difference, after.Snapshot);
        if (!apply && AppliedPolicies.AreMeant(reference.Snapshot, difference.Snapshot))
            findings.Add(new Diagnostic(DiagnosticId.PoliciesApplied, DiagnosticSeverity.Warning, AppliedPolicies.Warning), null);
        return after;
    }
}
