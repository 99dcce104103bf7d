using NetPolTools.Listing;

namespace NetPolTools.Reports;

/// <summary>Comma-separated values (RFC 4180), with <c>\n</c> at the end of each line, which has at least one field.</summary>
/// <remarks>Hot. A line is put together here and given to the writer at once: a call for each of its parts takes longer than the parts themselves.</remarks>
internal sealed class CsvLines(TextWriter output)
{
    private char[] _line = new char[256];
    private int _length;

    public CsvLines Field(string text)
    {
        var field = text.AsSpan().IndexOfAny(",\"\r\n") < 0 ? text : $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
        if (field.Length >= _line.Length - _length)
            Array.Resize(ref _line, Math.Max(_line.Length * 2, _length + field.Length + 1));
        field.CopyTo(_line.AsSpan(_length));
        _length += field.Length;
        _line[_length++] = ',';
        return this;
    }

    /// <summary>Namespace, name and kind; addresses stand as the name.</summary>
    public CsvLines Fields(ConnectionEnd end) => end.Namespace is null
        ? Field("").Field(end.Addresses!).Field("")
        : Field(end.Namespace).Field(end.Name!).Field(end.Kind!);

    public void EndLine()
    {
        _line[_length - 1] = '\n';
        output.Write(_line, 0, _length);
        _length = 0;
    }
}
