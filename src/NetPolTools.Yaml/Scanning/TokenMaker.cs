using System.Runtime.ExceptionServices;
using NetPolTools.Reading;
using NetPolTools.Yaml.Text;
using YamlDotNet.Core;
using YamlDotNet.Core.Tokens;

namespace NetPolTools.Yaml.Scanning;

/// <summary>Scans a text part by part, each with a scanner of its own, and tells all there is to know of it along with the tokens.</summary>
/// <remarks>
/// The scanner is asked as the parser would ask it: for a token once the one before is consumed. Where the parser asks once more, it drops a comma in
/// brackets, which makes no difference to the scanner.
/// </remarks>
internal sealed class TokenMaker(DocumentSplitter text)
{
    private const int Few = 256;

    private Scanner _scanner = null!;
    private TextPart? _part;
    private bool _isEndTold;
    private int _flowDepth;

    /// <summary>Takes what is made; may be another one each time the text is read.</summary>
    public TokenBlock Block { get; set; } = new();

    /// <summary>Makes a few tokens, not beyond the end of a part: it may take long until the text goes on.</summary>
    public void MakeSome(TokenBlock block)
    {
        Block = block;
        while (MakeNext() && block.Count < Few && _part is not null)
        {
        }
    }

    /// <summary>Makes the next token with what happened before it; false at the end of the text, and where something failed.</summary>
    public bool MakeNext()
    {
        try
        {
            if (_part is null)
                return Begin();
            if (_part.IsUnwanted || !Scan())
                End();
            return true;
        }
        catch (Exception e)
        {
            Block.Add(new ScanFailure(ExceptionDispatchInfo.Capture(e), IsOfReader: true), Mark.Empty);
            Block.IsLast = true;
            return false;
        }
    }

    private bool Begin()
    {
        if (!text.MoveToNextPart())
        {
            Block.IsLast = true;
            return false;
        }

        _scanner = new Scanner(text);
        _part = new TextPart(text.FirstLine);
        _isEndTold = false;
        _flowDepth = 0;
        Block.Add(_part, Mark.Empty);
        return true;
    }

    /// <summary>Adds a token, or what is wrong; false behind the last.</summary>
    private bool Scan()
    {
        Token? token = null;
        ScanFailure? failure = null;
        try
        {
            if (_scanner.MoveNext())
                token = _scanner.Current;
        }
        catch (Exception e) when (text.ReadFailure is null)
        {
            failure = new ScanFailure(ExceptionDispatchInfo.Capture(e), IsOfReader: false);
        }

        if (HasTextNews)
            TellOfText();
        if (failure is not null)
            Block.Add(failure, _scanner.CurrentPosition);
        if (token is null)
            return false;
        Block.Add(token, _scanner.CurrentPosition);

        // The parser gives up at an error, which the scanner might find again and again at the same place. The parser's user gives up at the depth, with
        // which the scanner would take ever longer for each token.
        return token is not Error && !IsTooDeep(token);
    }

    private bool IsTooDeep(Token token)
    {
        var type = token.GetType();
        if (type == typeof(FlowMappingStart) || type == typeof(FlowSequenceStart))
            return ++_flowDepth > ManifestTokenReader.MaxDepth;
        if (_flowDepth > 0 && (type == typeof(FlowMappingEnd) || type == typeof(FlowSequenceEnd)))
            _flowDepth--;
        return false;
    }

    private void End()
    {
        text.SkipPart();
        TellOfText();
        Block.Add(null, Mark.Empty);
        _part = null;
    }

    private bool HasTextNews => text.Notes.Count > 0 || text.IsPartEnded != _isEndTold;

    /// <summary>Adds what the text had to tell while the scanner took characters.</summary>
    private void TellOfText()
    {
        foreach (var note in text.Notes)
            Block.Add(note, Mark.Empty);
        text.Notes.Clear();
        if (!text.IsPartEnded || _isEndTold)
            return;
        _isEndTold = true;
        Block.Add(new PartEnd(text.Line, text.Column, text.PartLength, text.HasContent), Mark.Empty);
    }
}
