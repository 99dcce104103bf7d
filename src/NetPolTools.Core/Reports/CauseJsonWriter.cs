using System.Text.Json;
using NetPolTools.Asking;
using NetPolTools.Causes;
using NetPolTools.Diagnostics;

namespace NetPolTools.Reports;

/// <summary>
/// Which change made a connection fail, or possible, as one JSON object: <c>{"outcomes":[{"outcome":"Found","sentence":"…","isSmallest":true,
/// "before":{"allowed":true,"ports":"…"},"after":{…},"causes":[[{"change":"Changed","object":{…},"details":["…"],"file":"…","line":1,"column":1}]],
/// "explanation":{…}}],"diagnostics":[…]}</c>. Each of the causes is a set of changes that makes the difference by itself.
/// </summary>
public sealed class CauseJsonWriter(TextWriter output)
{
    /// <param name="answer">What came of it; null where there is no answer.</param>
    /// <param name="diagnostics">What there is to know of the answer.</param>
    public void Write(CauseAnswer? answer, IReadOnlyList<Diagnostic> diagnostics) =>
        new JsonLines(output).Array("outcomes", answer is null ? [] : new[] { answer }, Write).End(diagnostics, []);

    private static void Write(Utf8JsonWriter json, CauseAnswer answer)
    {
        json.WriteStartObject();
        json.WriteString("outcome", answer.Outcome.ToString());
        json.WriteString("sentence", answer.Sentence);
        json.WriteBoolean("isSmallest", answer.IsSmallest);
        Write(json, "before", answer.Before);
        Write(json, "after", answer.After);
        json.WriteStartArray("causes");
        foreach (var set in answer.Causes)
        {
            json.WriteStartArray();
            foreach (var change in set)
                Write(json, change);
            json.WriteEndArray();
        }

        json.WriteEndArray();
        if (answer.After.Because is null)
            ExplanationJson.Write(json, answer.After.Explain());
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, string name, TestedReachability tested)
    {
        json.WriteStartObject(name);
        json.WriteBoolean("allowed", tested.IsAllowed);
        json.WriteString("ports", tested.Ports.ToString());
        if (tested.Because is not null)
            json.WriteString("because", tested.Because);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, SnapshotChange change)
    {
        json.WriteStartObject();
        json.WriteString("change", change.Kind.ToString());
        JsonLines.WriteObject(json, "object", change.Object);
        JsonLines.WriteTexts(json, "details", change.Details);
        JsonLines.WritePlace(json, change.Location);
        json.WriteEndObject();
    }
}
