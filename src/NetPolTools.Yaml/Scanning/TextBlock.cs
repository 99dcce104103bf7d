using System.Runtime.ExceptionServices;

namespace NetPolTools.Yaml.Scanning;

/// <summary>Some characters in a row, on their way from the thread that reads to the one that scans.</summary>
internal sealed class TextBlock(int size)
{
    private readonly char[] _characters = new char[size];
    private int _start;
    private int _end;
    private ExceptionDispatchInfo? _failure;

    public bool IsFull => _end == _characters.Length;

    /// <summary>Whether nothing comes behind it: the text ends there, or reading it failed.</summary>
    public bool IsLast { get; private set; }

    /// <summary>Whether it was taken to its end, which the last one never is.</summary>
    public bool IsTaken => _start == _end && !IsLast;

    /// <summary>Takes characters from the text; what that throws is kept for <see cref="Take"/>.</summary>
    public void Fill(TextReader text)
    {
        (_start, _end) = (0, 0);
        try
        {
            _end = text.Read(_characters, 0, _characters.Length);
        }
        catch (Exception e)
        {
            _failure = ExceptionDispatchInfo.Capture(e);
        }

        IsLast = _end == 0;
    }

    /// <summary>Gives the next characters; none at the end of the text.</summary>
    public int Take(Span<char> target)
    {
        _failure?.Throw();
        var taken = _characters.AsSpan(_start, Math.Min(_end - _start, target.Length));
        taken.CopyTo(target);
        _start += taken.Length;
        return taken.Length;
    }
}
