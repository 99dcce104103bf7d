using System.Buffers;
using NetPolTools.Listing;
using NetPolTools.Text;

namespace NetPolTools.Reports;

/// <summary>
/// Comma-separated values (RFC 4180), with <c>\n</c> at the end of each line, which has at least one field. They may be opened in a spreadsheet or come to a
/// terminal, and steer neither; what needs every character as it is finds it in JSON.
/// </summary>
/// <remarks>Hot. A line is put together here and given to the writer at once: a call for each of its parts takes longer than the parts themselves.</remarks>
internal sealed class CsvLines(TextWriter output)
{
    private static readonly SearchValues<char> Harmless = SearchValues.Create(" +-./0123456789abcdefghijklmnopqrstuvwxyz");

    private char[] _line = new char[256];
    private int _length;

    public CsvLines Field(string text)
    {
        text = Printable.Of(text);
        if (IsFormula(text))
            text = "'" + text;
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

    /// <summary>
    /// Whether spreadsheets would take it for something to work out, which may run programs. A + or - before a name marks what came and went; no formula of
    /// such letters and digits alone does any harm.
    /// </summary>
    private static bool IsFormula(string text) =>
        text.Length > 0 && (text[0] is '=' or '@' || (text[0] is '+' or '-' && text.AsSpan().ContainsAnyExcept(Harmless)));

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
