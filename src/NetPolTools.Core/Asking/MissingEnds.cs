using NetPolTools.Diagnostics;
using NetPolTools.Objects;

namespace NetPolTools.Asking;

/// <summary>Of a state of a cluster that lacks an end of a question, the answer that the other end does not reach it, or is not reached.</summary>
internal static class MissingEnds
{
    /// <param name="answer">What came of the question in that state.</param>
    /// <param name="question">The question.</param>
    /// <param name="cluster">The state.</param>
    /// <param name="cancellation">Ends the evaluation.</param>
    /// <returns>Null where anything else is wrong with the question, or with the state.</returns>
    public static TestedReachability? Of(
        Answer<TestedReachability> answer, TestQuestion question, ClusterEvaluator cluster, CancellationToken cancellation)
    {
        AnswerDiagnostic[] errors = [.. answer.Diagnostics.Where(static told => told.Diagnostic.Severity == DiagnosticSeverity.Error)];
        return errors.Length == 0 || !Array.TrueForAll(errors, IsOfEnd)
            ? null
            : TestedReachability.Without(
                cluster.Map(question.Assumptions.ToAskAbout(question.Ports), cancellation), string.Join("; ", errors.Select(Text).Distinct()));

        bool IsOfEnd(AnswerDiagnostic told) => question.From.Concat(question.To).Any(end => end.ToString() == told.About)
            && (told.Diagnostic.Id == DiagnosticId.NoMatch || (told.Diagnostic.Id == DiagnosticId.ServiceLeadsNowhere && IsOfPods(told.Diagnostic.Object)));

        // Of any other Service, the input may just not say where it leads.
        bool IsOfPods(ObjectReference? service) =>
            cluster.Snapshot.Services.Any(found => found.Reference == service && found is { ExternalName: null, Selector: not null });
    }

    private static string Text(AnswerDiagnostic told) => told.Diagnostic.Id == DiagnosticId.ServiceLeadsNowhere
        ? $"{told.Diagnostic.Object}: {told.Diagnostic.Message.TrimEnd('.')}"
        : $"{told.About} is not there";
}
