using NetPolTools.Listing;

namespace NetPolTools.Reports;

/// <summary>Comma-separated values (RFC 4180), with <c>\n</c> at the end of each line.</summary>
internal sealed class CsvLines(TextWriter output)
{
    private const int MostRemembered = 1 << 16;

    // The same object stands for an end in all its lines.
    private readonly Dictionary<ConnectionEnd, string> _ends = new(ReferenceEqualityComparer.Instance);
    private bool _isBegun;

    public CsvLines Field(string text) => Raw(Escaped(text));

    /// <summary>Namespace, name and kind; addresses stand as the name.</summary>
    public CsvLines Fields(ConnectionEnd end)
    {
        // What is outside is made for each line, and no two lines share it.
        if (end.Namespace is null)
            return Field("").Field(end.Addresses!).Field("");
        if (!_ends.TryGetValue(end, out var text))
        {
            if (_ends.Count == MostRemembered)
                _ends.Clear();
            _ends.Add(end, text = $"{Escaped(end.Namespace)},{Escaped(end.Name!)},{Escaped(end.Kind!)}");
        }

        return Raw(text);
    }

    public void EndLine()
    {
        output.Write('\n');
        _isBegun = false;
    }

    private static string Escaped(string text) =>
        text.AsSpan().IndexOfAny(",\"\r\n") < 0 ? text : $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    private CsvLines Raw(string text)
    {
        if (_isBegun)
            output.Write(',');
        _isBegun = true;
        output.Write(text);
        return this;
    }
}
