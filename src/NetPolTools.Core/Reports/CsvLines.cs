using NetPolTools.Listing;

namespace NetPolTools.Reports;

/// <summary>Comma-separated values (RFC 4180), with <c>\n</c> at the end of each line.</summary>
internal sealed class CsvLines(TextWriter output)
{
    private bool _isBegun;

    public CsvLines Field(string text)
    {
        if (_isBegun)
            output.Write(',');
        _isBegun = true;
        if (text.AsSpan().IndexOfAny(",\"\r\n") < 0)
        {
            output.Write(text);
            return this;
        }

        output.Write('"');
        output.Write(text.Replace("\"", "\"\"", StringComparison.Ordinal));
        output.Write('"');
        return this;
    }

    /// <summary>Namespace, name and kind; addresses stand as the name.</summary>
    public CsvLines Fields(ConnectionEnd end) => Field(end.Namespace ?? "").Field(end.Name ?? end.Addresses!).Field(end.Kind ?? "");

    public void EndLine()
    {
        output.Write('\n');
        _isBegun = false;
    }
}
