using System.Collections.Immutable;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace NetPolTools.Reading;

/// <summary>Numbers of objects by kind as JSON text in an annotation, and back.</summary>
internal static class SavedCounts
{
    public static string Write(IReadOnlyDictionary<string, int> counts)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            json.WriteStartObject();
            foreach (var (kind, count) in counts.OrderBy(static count => count.Key, StringComparer.Ordinal))
                json.WriteNumber(Encoding.UTF8.GetBytes(kind), count);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length);
    }

    /// <exception cref="FormatException">Not what <see cref="Write"/> writes.</exception>
    public static ImmutableDictionary<string, int> Read(string text)
    {
        try
        {
            using var json = JsonDocument.Parse(text);
            var counts = ImmutableDictionary.CreateBuilder<string, int>();
            foreach (var count in json.RootElement.EnumerateObject())
                counts[count.Name] = count.Value.GetInt32();
            return counts.ToImmutable();
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or FormatException)
        {
            throw new FormatException($"The annotation {SnapshotOrigin.PassedOverKey} cannot be understood; expected a JSON object of numbers.", e);
        }
    }
}
