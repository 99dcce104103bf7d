using System.Text.Json;

namespace NetPolTools.Live;

/// <summary>What a list says before its items.</summary>
internal static class ListHead
{
    /// <summary>Enough for kind, version and metadata: a token to continue with has a few hundred bytes.</summary>
    public const int Length = 8 * 1024;

    /// <summary>What to ask for the next chunk with; null where there is none.</summary>
    /// <param name="start">The first bytes of a list as JSON.</param>
    public static string? Continue(ReadOnlySpan<byte> start)
    {
        var reader = new Utf8JsonReader(start, isFinalBlock: false, default);
        var isInMetadata = false;
        try
        {
            while (reader.Read())
            {
                if (reader.TokenType != JsonTokenType.PropertyName)
                    continue;
                if (reader.CurrentDepth == 1)
                {
                    isInMetadata = reader.ValueTextEquals("metadata"u8);
                    if (reader.ValueTextEquals("items"u8))
                        return null;
                }
                else if (isInMetadata && reader.ValueTextEquals("continue"u8) && reader.Read())
                {
                    return reader.GetString() is { Length: > 0 } token ? token : null;
                }
            }
        }
        catch (JsonException)
        {
            // Told by whoever reads the list.
        }

        return null;
    }
}
