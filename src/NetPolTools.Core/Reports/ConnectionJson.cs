using System.Text.Json;
using NetPolTools.Explaining;
using NetPolTools.Listing;

namespace NetPolTools.Reports;

/// <summary>A connection as one JSON object: <c>{"source":E,"destination":E,"ports":"…","verdict":"Allowed"}</c>, with what else there is of it.</summary>
internal static class ConnectionJson
{
    /// <param name="json">Where to.</param>
    /// <param name="connection">What to write.</param>
    /// <param name="explanation">Its reasons; null for none.</param>
    public static void Write(Utf8JsonWriter json, Connection connection, Explanation? explanation = null)
    {
        json.WriteStartObject();
        WriteFields(json, connection, explanation);
        json.WriteEndObject();
    }

    /// <summary>The same without the braces.</summary>
    public static void WriteFields(Utf8JsonWriter json, Connection connection, Explanation? explanation = null)
    {
        JsonLines.WriteEnd(json, "source", connection.Source);
        JsonLines.WriteEnd(json, "destination", connection.Destination);
        json.WriteString("ports", connection.Ports.ToString());
        json.WriteString("verdict", connection.Verdict.ToString());
        if (connection.IsNodeTraffic)
            json.WriteBoolean("nodeTraffic", true);
        JsonLines.WriteTexts(json, "notes", connection.Notes);
        if (explanation is not null)
            ExplanationJson.Write(json, explanation);
    }
}
