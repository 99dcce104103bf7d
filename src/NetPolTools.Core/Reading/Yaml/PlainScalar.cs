namespace NetPolTools.Reading;

/// <summary>Tells what an unquoted scalar without a tag is, by the rules of go-yaml v2, through which kubectl reads.</summary>
internal static class PlainScalar
{
    /// <summary>The type, and the value as JSON writes it; the text itself for a string.</summary>
    public static ScalarType Resolve(string written, out string value)
    {
        var word = Word(written);
        if (word is not null)
        {
            value = word;
            return word switch
            {
                "null" => ScalarType.Null,
                ".inf" or "-.inf" or ".nan" => ScalarType.NotFinite,
                _ => ScalarType.Boolean,
            };
        }

        if (written[0] is (>= '0' and <= '9') or '+' or '-' or '.')
            return PlainNumber.Resolve(written, out value);
        value = written;
        return ScalarType.String;
    }

    private static string? Word(string written) => written switch
    {
        "" or "~" or "null" or "Null" or "NULL" => "null",
        "y" or "Y" or "yes" or "Yes" or "YES" or "true" or "True" or "TRUE" or "on" or "On" or "ON" => "true",
        "n" or "N" or "no" or "No" or "NO" or "false" or "False" or "FALSE" or "off" or "Off" or "OFF" => "false",
        ".inf" or ".Inf" or ".INF" or "+.inf" or "+.Inf" or "+.INF" => ".inf",
        "-.inf" or "-.Inf" or "-.INF" => "-.inf",
        ".nan" or ".NaN" or ".NAN" => ".nan",
        _ => null,
    };
}
