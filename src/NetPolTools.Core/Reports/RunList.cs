using System.Globalization;
using System.Text;

namespace NetPolTools.Reports;

/// <summary>Ascending numbers as a JSON array of runs: how many are skipped, how many follow, and the value that these have, where they have one.</summary>
internal sealed class RunList
{
    private readonly StringBuilder _text = new("[");
    private int _end;
    private int _first;
    private int _length;
    private int? _value;

    /// <param name="number">Greater than those before.</param>
    /// <param name="value">Null for none.</param>
    public void Add(int number, int? value)
    {
        if (_length > 0 && number == _first + _length && value == _value)
        {
            _length++;
            return;
        }

        Flush();
        (_first, _length, _value) = (number, 1, value);
    }

    public override string ToString()
    {
        Flush();
        return _text + "]";
    }

    private void Flush()
    {
        if (_length == 0)
            return;
        _text.Append(CultureInfo.InvariantCulture, $"{(_text.Length > 1 ? "," : "")}{_first - _end},{_length}");
        if (_value is { } value)
            _text.Append(CultureInfo.InvariantCulture, $",{value}");
        _end = _first + _length;
        _length = 0;
    }
}
