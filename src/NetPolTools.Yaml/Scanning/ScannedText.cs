using NetPolTools.Yaml.Text;
using YamlDotNet.Core;
using YamlDotNet.Core.Tokens;

namespace NetPolTools.Yaml.Scanning;

/// <summary>A text's tokens for the parser, part by part: to it each part is a text of its own, with a scanner that begins anew.</summary>
internal sealed class ScannedText(TextReader text, string fileName, ScanAheadOptions options) : IScanner, IDisposable
{
    private readonly ScanAhead _ahead = new(text, fileName, options);
    private TokenBlock _block = new();
    private int _next;
    private TextPart? _part;

    public Token? Current { get; private set; }

    public Mark CurrentPosition { get; private set; }

    /// <summary>The line of the whole text in which the current part begins.</summary>
    public int FirstLine => _part!.FirstLine;

    /// <summary>How the current part ends; null as long as the scanner had more characters than the parser's tokens need.</summary>
    public PartEnd? End { get; private set; }

    /// <summary>Lines of the current part with something that explains errors.</summary>
    public LineNotes Notes { get; } = new();

    /// <summary>Whether the text reader itself threw; that is no syntax error.</summary>
    public bool HasReaderFailed { get; private set; }

    /// <summary>Goes to the next part, past whatever is left of the current one; false at the end of the text.</summary>
    public bool MoveToNextPart()
    {
        Current = null;
        if (_part is not null)
            _part.IsUnwanted = true;
        for (; HasNext(); _next++)
        {
            var happened = _block[_next];
            if (happened is ScanFailure { IsOfReader: true } failure)
                Throw(failure);
            if (happened is not TextPart part)
                continue;
            _next++;
            _part = part;
            End = null;
            Notes.Clear();
            return true;
        }

        return false;
    }

    /// <summary>Goes to the end of the current part to see whether nothing is in it but blank lines, comments and directives.</summary>
    public bool IsPartEmpty()
    {
        _part!.IsUnwanted = true;
        for (; End is null && HasNext() && _block[_next] is not ScanFailure { IsOfReader: true }; _next++)
            End = _block[_next] as PartEnd;
        return End is { HasContent: false };
    }

    public bool MoveNext()
    {
        ConsumeCurrent();
        return MoveNextWithoutConsuming();
    }

    public bool MoveNextWithoutConsuming()
    {
        while (HasNext())
        {
            var next = _block[_next];
            if (next is Token token)
            {
                CurrentPosition = _block.PositionAt(_next++);
                Current = token;
                return true;
            }

            switch (next)
            {
                case LineNote note:
                    Notes.Add(note);
                    break;
                case PartEnd end:
                    End = end;
                    break;
                case ScanFailure failure:
                    CurrentPosition = _block.PositionAt(_next);
                    Throw(failure);
                    break;
                default:
                    Current = null;
                    return false;
            }

            _next++;
        }

        Current = null;
        return false;
    }

    public void ConsumeCurrent() => Current = null;

    public void Dispose() => _ahead.Dispose();

    private bool HasNext()
    {
        while (_next == _block.Count)
        {
            if (_block.IsLast)
                return false;
            _block = _ahead.Next(_block);
            _next = 0;
        }

        return true;
    }

    private void Throw(ScanFailure failure)
    {
        HasReaderFailed = failure.IsOfReader;
        failure.Exception.Throw();
    }
}
