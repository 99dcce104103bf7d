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
        if (text.AsSpan().IndexOfAny(",\"\r\n") < 0)
        {
            Reserve(text.Length + 1);
            text.CopyTo(_line.AsSpan(_length));
            _length += text.Length;
        }
        else
        {
            Quote(text);
        }

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

    private void Quote(string text)
    {
        Reserve((text.Length * 2) + 3);
        _line[_length++] = '"';
        foreach (var character in text)
        {
            if (character == '"')
                _line[_length++] = '"';
            _line[_length++] = character;
        }

        _line[_length++] = '"';
    }

    private void Reserve(int length)
    {
        if (length > _line.Length - _length)
            Array.Resize(ref _line, Math.Max(_line.Length * 2, _length + length));
    }
}
