using System.Text;
using NetPolTools.Reading;

namespace NetPolTools.Authoring.Flows;

/// <summary>
/// Text of connections or flows as JSON, line by line: mostly a record in each line, so that a broken line takes no other with it; otherwise one value over
/// many lines. Not thread safe.
/// </summary>
/// <param name="reader">Takes the records.</param>
/// <param name="name">What locations call the text.</param>
public sealed class TrafficText(TrafficReader reader, string name)
{
    private readonly StringPool _strings = new();
    private readonly SpareBlocks _spare = new();
    private readonly StringBuilder _open = new();
    private int _openSince;

    // Of the text that is open. Asked at every line, and the first character of a long text that is put together is far to look for.
    private bool _isRecordAtMargin;
    private int _lines;

    public void AddLine(string line, CancellationToken cancellation = default)
    {
        var text = line.AsSpan().Trim();

        // A record that begins at the margin ends one that did and is still open: that was cut off.
        if (_isRecordAtMargin && line.StartsWith('{'))
            Finish(cancellation);
        if (_open.Length > 0 || (text.Length > 0 && text[^1] is '{' or '[' or ','))
        {
            if (_open.Length == 0)
                (_openSince, _isRecordAtMargin) = (_lines, line.StartsWith('{'));
            _open.Append(line).Append('\n');
        }
        else if (text.Length > 0)
        {
            Read(line, _lines, cancellation);
        }

        _lines++;
    }

    /// <summary>Reads a value that goes over many lines, which is known to be complete now.</summary>
    public void Finish(CancellationToken cancellation = default)
    {
        if (_open.Length > 0)
            Read(_open.ToString(), _openSince, cancellation);
        _open.Clear();
        _isRecordAtMargin = false;
    }

    private void Read(string text, int linesBefore, CancellationToken cancellation)
    {
        using var tokens = new JsonTokenReader(new MemoryStream(Encoding.UTF8.GetBytes(text)), name, _strings, _spare);
        reader.Read(tokens, linesBefore, cancellation);
    }
}
