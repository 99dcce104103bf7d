using System.Diagnostics.CodeAnalysis;
using NetPolTools.Yaml.Text;

namespace NetPolTools.Yaml.Scanning;

/// <summary>
/// The tokens of a text in blocks. Of a long text, another thread makes the next ones while this one looks at those it has: scanning takes as long as all
/// that comes after it.
/// </summary>
/// <remarks>
/// The text reader stays with this thread, which hands over what it read: progress is told, and a stream that gives nothing is waited for, where they
/// always were. Text is read ahead only as long as there is plenty; otherwise once every token before it was taken.
/// </remarks>
internal sealed class ScanAhead : IDisposable
{
    /// <summary>So many blocks of text or tokens may wait for somebody to take them.</summary>
    private const int MostWaiting = 4;

    private readonly TextReader _text;
    private readonly ScanAheadOptions _options;
    private readonly TokenMaker _maker;

    /// <summary>Guards all that follows, up to the fields of one thread alone.</summary>
    private readonly object _lock = new();
    private readonly Queue<TextBlock> _texts = new();
    private readonly Queue<TokenBlock> _tokens = new();
    private readonly Stack<TextBlock> _spareTexts = new();
    private readonly Stack<TokenBlock> _spareTokens = new();
    private bool _isMakerIdle;
    private bool _isStopped;

    // The reading thread's.
    private Thread? _thread;
    private long _readAlone;
    private bool _isTextPlenty = true;
    private bool _isTextEnded;

    // The scanning thread's, once there is one.
    private TextBlock? _scannedText;

    public ScanAhead(TextReader text, string fileName, ScanAheadOptions options)
    {
        _text = text;
        _options = options;
        _maker = new TokenMaker(new DocumentSplitter(new Handover(this), fileName));
    }

    /// <summary>The next tokens. Not to be asked for behind the last.</summary>
    /// <param name="done">The block that is no longer needed.</param>
    public TokenBlock Next(TokenBlock done)
    {
        done.Clear();
        if (_thread is null && _readAlone < _options.From)
        {
            _maker.MakeSome(done);
            return done;
        }

        if (_thread is null)
        {
            _maker.Block = new TokenBlock();
            _thread = new Thread(Make) { IsBackground = true, Name = "YAML scanner" };
            _thread.Start();
        }

        return Take(done);
    }

    public void Dispose()
    {
        if (_thread is null)
            return;
        lock (_lock)
        {
            _isStopped = true;
            Monitor.Pulse(_lock);
        }

        // It has no more text than a few blocks, and waits for nothing else.
        _thread.Join();
    }

    private TokenBlock Take(TokenBlock done)
    {
        lock (_lock)
            _spareTokens.Push(done);
        TokenBlock? tokens;
        while (!TryTake(out tokens))
            HandOverText();
        return tokens;
    }

    /// <summary>Waits for tokens; false where there is text to hand over first.</summary>
    private bool TryTake([NotNullWhen(true)] out TokenBlock? tokens)
    {
        tokens = null;
        lock (_lock)
        {
            while (!IsTextWanted())
            {
                if (_tokens.TryDequeue(out tokens))
                    return true;
                Monitor.Wait(_lock);
            }

            return false;
        }
    }

    private bool IsTextWanted() =>
        !_isTextEnded && (_isTextPlenty ? _texts.Count + _tokens.Count < MostWaiting : _isMakerIdle && _texts.Count + _tokens.Count == 0);

    private void HandOverText()
    {
        TextBlock? block;
        lock (_lock)
            _spareTexts.TryPop(out block);
        block ??= new TextBlock(_options.BlockLength);
        block.Fill(_text);
        (_isTextPlenty, _isTextEnded) = (block.IsFull, block.IsLast);
        lock (_lock)
        {
            _texts.Enqueue(block);
            Monitor.Pulse(_lock);
        }
    }

    /// <summary>What the other thread does.</summary>
    private void Make()
    {
        while (_maker.MakeNext())
        {
        }

        lock (_lock)
            GiveTokens();
    }

    /// <summary>Gives the scanner text; its tokens so far go out before there is waiting for more.</summary>
    private int ReadText(char[] buffer, int index, int count)
    {
        if (_thread is null)
        {
            var read = _text.Read(buffer, index, count);
            _readAlone += read;
            return read;
        }

        if (_scannedText is not { IsTaken: false })
            _scannedText = NextText();
        return _scannedText.Take(buffer.AsSpan(index, count));
    }

    private TextBlock NextText()
    {
        lock (_lock)
        {
            if (_scannedText is not null)
                _spareTexts.Push(_scannedText);
            if (_maker.Block.Count > 0)
                GiveTokens();
            while (_texts.Count == 0 && !_isStopped)
            {
                _isMakerIdle = true;
                Monitor.Pulse(_lock);
                Monitor.Wait(_lock);
            }

            _isMakerIdle = false;
            Monitor.Pulse(_lock);
            return _isStopped ? throw new OperationCanceledException() : _texts.Dequeue();
        }
    }

    private void GiveTokens()
    {
        _tokens.Enqueue(_maker.Block);
        _maker.Block = _spareTokens.TryPop(out var spare) ? spare : new TokenBlock();
        Monitor.Pulse(_lock);
    }

    /// <summary>The text as the scanner sees it.</summary>
    private sealed class Handover(ScanAhead ahead) : TextReader
    {
        public override int Read(char[] buffer, int index, int count) => ahead.ReadText(buffer, index, count);
    }
}
