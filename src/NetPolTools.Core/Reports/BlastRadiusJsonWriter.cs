using System.Text.Json;
using NetPolTools.Diagnostics;
using NetPolTools.Paths;
using NetPolTools.Snapshot;

namespace NetPolTools.Reports;

/// <summary>
/// How much is in reach as one JSON object: <c>{"from":[E],"workloads":[{"hops":1,"workloads":3,"undetermined":0}],"chokePoints":[{"cuts":5,"mayRemain":0,
/// "source":E,…}],"diagnostics":[…]}</c>; a choke point has the fields of a connection with its explanation.
/// </summary>
public sealed class BlastRadiusJsonWriter(TextWriter output)
{
    /// <param name="radius">What is in reach; null where there is no answer.</param>
    /// <param name="chokePoints">Those to tell.</param>
    /// <param name="diagnostics">What there is to know of the answer.</param>
    /// <param name="notEvaluated">What may decide it, too.</param>
    public void Write(
        BlastRadius? radius, IReadOnlyList<ChokePoint> chokePoints, IReadOnlyList<Diagnostic> diagnostics, IReadOnlyList<NotEvaluatedKind> notEvaluated)
    {
        var (certain, undetermined) = (radius?.WorkloadsByHops ?? [], radius?.UndeterminedByHops ?? []);
        new JsonLines(output)
            .Array("from", radius?.From ?? [], JsonLines.WriteEnd)
            .Array("workloads", Enumerable.Range(1, Math.Max(certain.Count, undetermined.Count)), (json, hops) =>
            {
                json.WriteStartObject();
                json.WriteNumber("hops", hops);
                json.WriteNumber("workloads", certain.ElementAtOrDefault(hops - 1));
                json.WriteNumber("undetermined", undetermined.ElementAtOrDefault(hops - 1));
                json.WriteEndObject();
            })
            .Array("chokePoints", chokePoints, Write)
            .End(diagnostics, notEvaluated);
    }

    private static void Write(Utf8JsonWriter json, ChokePoint choke)
    {
        json.WriteStartObject();
        json.WriteNumber("cuts", choke.Cuts);
        json.WriteNumber("mayRemain", choke.MayRemain);
        ConnectionJson.WriteFields(json, choke.Connection, choke.Explanation);
        json.WriteEndObject();
    }
}
