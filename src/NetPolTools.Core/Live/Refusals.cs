using NetPolTools.Diagnostics;
using NetPolTools.Objects;
using NetPolTools.Text;

namespace NetPolTools.Live;

/// <summary>What to say about kinds that the user may not list: a warning where the answer lacks something, an error where it would be wrong.</summary>
internal static class Refusals
{
    /// <summary>Kinds that may not be read at all. Those that are needed for the same are named in one sentence.</summary>
    public static IEnumerable<Diagnostic> Of(IReadOnlyCollection<KindReading> readings, SourceLocation place) => readings
        .Where(reading => reading.IsRefused && (reading.Kind.Need != KindNeed.ServiceAccountLabels || KnowServiceAccounts(readings)))
        .GroupBy(static reading => (reading.Kind.Need, reading.Kind.Lack))
        .Select(same => Refused([.. same], readings, place));

    /// <summary>Kinds that could be read in some namespaces.</summary>
    public static IEnumerable<Diagnostic> Elsewhere(IReadOnlyCollection<KindReading> refused, IEnumerable<string> namespaces, SourceLocation place)
    {
        if (refused.Any(static reading => reading.Kind.Need == KindNeed.Essential))
            return [Told(refused, "the answer is about that part of the cluster alone, without connections to others.")];
        return refused.GroupBy(static reading => reading.Kind.Lack).Select(same => Told(same, $"the answer is without those of other namespaces. {same.Key}"));

        Diagnostic Told(IEnumerable<KindReading> readings, string consequence) => new(
            DiagnosticId.ForbiddenKind,
            DiagnosticSeverity.Warning,
            $"You may list {string.Join(", ", readings.Select(static reading => reading.Kind))} only in {string.Join(", ", namespaces)}, so {consequence} "
                + $"({readings.First().Outcome!.Message})")
        {
            Location = place,
        };
    }

    private static Diagnostic Refused(KindReading[] readings, IEnumerable<KindReading> all, SourceLocation place)
    {
        var kind = readings[0].Kind;
        var kinds = string.Join(", ", readings.Select(static reading => reading.Kind));
        var byLabels = kind.Need == KindNeed.NamespaceLabels ? PolicyOfNamespaceLabels(all) : null;
        var message = byLabels is not null ? $"You may not list {kinds}, and the answer would be wrong: {byLabels.Reference} selects namespaces by labels."
            : kind.Need == KindNeed.Essential ? $"You may not list {kinds}, and the answer would be wrong. {kind.Lack}"
            : $"You may not list {kinds}, so the answer is without them. {kind.Lack}";
        var severity = byLabels is not null || kind.Need == KindNeed.Essential ? DiagnosticSeverity.Error : DiagnosticSeverity.Warning;
        return new Diagnostic(DiagnosticId.ForbiddenKind, severity, $"{message} ({readings[0].Outcome!.Message})") { Location = place };
    }

    /// <summary>NetworkPolicies do not.</summary>
    private static bool KnowServiceAccounts(IEnumerable<KindReading> readings) =>
        readings.SelectMany(static reading => reading.Found.Objects).OfType<PolicyObject>().Any();

    /// <summary>A policy whose peers depend on labels of namespaces. The one of the name is known without listing them.</summary>
    private static NetworkPolicy? PolicyOfNamespaceLabels(IEnumerable<KindReading> readings) => readings
        .SelectMany(static reading => reading.Found.Objects)
        .OfType<NetworkPolicy>()
        .FirstOrDefault(static policy => policy.HasNamespaceSelector(static selector => selector.AsksForLabelsOfNamespaces));
}
