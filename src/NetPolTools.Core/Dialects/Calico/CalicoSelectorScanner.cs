using NetPolTools.Validation;
using static NetPolTools.Dialects.Calico.CalicoSelectorTokenKind;

namespace NetPolTools.Dialects.Calico;

/// <summary>
/// The tokens of a selector (libcalico-go/lib/selector/tokenizer). The operators in words are such only behind a label; <c>has</c>, <c>all</c> and
/// <c>global</c> only with their parenthesis right behind them.
/// </summary>
internal sealed class CalicoSelectorScanner(string text)
{
    /// <summary>Of a label's key.</summary>
    public const int LongestKey = 512;

    private const string Operators = "==, !=, in, not in, contains, starts with or ends with";

    private int _at;
    private CalicoSelectorTokenKind _last;

    /// <summary>Where the last token ended.</summary>
    public int Position => _at;

    /// <summary>Why there is no next token.</summary>
    public CalicoSelectorError? Error { get; private set; }

    /// <summary>The next token; null for a mistake. Behind the last one comes <see cref="End"/>.</summary>
    public CalicoSelectorToken? Next()
    {
        SkipSpaces();
        var found = _at == text.Length ? new CalicoSelectorToken(End, _at) : Scan();
        _last = found?.Kind ?? None;
        return found;
    }

    private CalicoSelectorToken? Scan()
    {
        switch (text[_at])
        {
            case '(':
                return Take(LeftParenthesis, 1);
            case ')':
                return Take(RightParenthesis, 1);
            case '{':
                return Take(LeftBrace, 1);
            case '}':
                return Take(RightBrace, 1);
            case ',':
                return Take(Comma, 1);
            case '"' or '\'':
                return ScanValue();
            case '=':
                return Is("==") ? Take(Equal, 2) : Wrong("Found a single '='; equality is written ==");
            case '!':
                return Is("!=") ? Take(NotEqual, 2) : Take(Not, 1);
            case '&':
                return Is("&&") ? Take(And, 2) : Wrong("Found a single '&'; expected &&");
            case '|':
                return Is("||") ? Take(Or, 2) : Wrong("Found a single '|'; expected ||");
            case '\n' or '\r':
                return Wrong("Found a line break; a selector stands on one line, in YAML as a plain or quoted text or folded with '>-'");
            default:
                return _last == Label ? ScanOperator() : ScanWord();
        }
    }

    private CalicoSelectorToken? ScanValue()
    {
        var end = text.IndexOf(text[_at], _at + 1);
        if (end < 0)
            return Wrong($"This {(text[_at] == '"' ? "double" : "single")} quote is not closed; there is no way to have the same quote inside");
        var token = new CalicoSelectorToken(Value, _at, text[(_at + 1)..end]);
        _at = end + 1;
        return token;
    }

    private CalicoSelectorToken? ScanOperator() =>
        Words(Contains, "contains") ?? Words(StartsWith, "starts", "with") ?? Words(EndsWith, "ends", "with") ?? Words(NotIn, "not", "in") ?? Words(In, "in")
        ?? Wrong($"Found {Found()}; behind a label stands {Operators}");

    /// <summary>An operator of one or two words, with or without space between them.</summary>
    private CalicoSelectorToken? Words(CalicoSelectorTokenKind kind, params ReadOnlySpan<string> words)
    {
        var (start, end) = (_at, _at);
        foreach (var word in words)
        {
            end = SpacesEnd(end);
            if (string.CompareOrdinal(text, end, word, 0, word.Length) != 0)
                return null;
            end += word.Length;
        }

        if (end < text.Length && IsKeyCharacter(text[end]))
            return null;
        _at = end;
        return new CalicoSelectorToken(kind, start);
    }

    private CalicoSelectorToken? ScanWord()
    {
        var start = _at;
        if (Is("has("))
        {
            _at = SpacesEnd(_at + "has(".Length);
            if (ScanKey("the key of a label") is not { } key)
                return null;
            return Close("has(") ? new CalicoSelectorToken(Has, start, key) : null;
        }

        if (Is("all("))
            return ScanFunction(All, "all(");
        if (Is("global("))
            return ScanFunction(Global, "global(");
        return ScanKey("a label, has(), all(), ! or a parenthesis") is { } label ? new CalicoSelectorToken(Label, start, label) : null;
    }

    private CalicoSelectorToken? ScanFunction(CalicoSelectorTokenKind kind, string function)
    {
        var start = _at;
        _at += function.Length;
        return Close(function) ? new CalicoSelectorToken(kind, start) : null;
    }

    private bool Close(string function)
    {
        SkipSpaces();
        if (_at < text.Length && text[_at] == ')')
        {
            _at++;
            return true;
        }

        Wrong($"Found {Found()}; expected the ')' of {function}");
        return false;
    }

    private string? ScanKey(string expected)
    {
        var end = _at;
        while (end < text.Length && IsKeyCharacter(text[end]))
            end++;
        if (end == _at)
        {
            Wrong($"Found {Found()}; expected {expected}");
            return null;
        }

        if (end - _at > LongestKey)
        {
            Wrong($"The key of a label has {end - _at} characters; at most {LongestKey} are taken");
            return null;
        }

        var key = text[_at..end];
        _at = end;
        return key;
    }

    /// <summary>What stands here, for messages: the word, or the character.</summary>
    private string Found()
    {
        if (_at == text.Length)
            return "the end";
        var end = _at;
        while (end < text.Length && IsKeyCharacter(text[end]))
            end++;
        if (end == _at)
            end += char.IsHighSurrogate(text[_at]) && _at + 1 < text.Length ? 2 : 1;
        return $"'{Excerpt.Of(text[_at..end])}'";
    }

    private CalicoSelectorToken? Wrong(string message)
    {
        Error = new CalicoSelectorError(_at, message);
        return null;
    }

    private CalicoSelectorToken Take(CalicoSelectorTokenKind kind, int length)
    {
        var token = new CalicoSelectorToken(kind, _at);
        _at += length;
        return token;
    }

    private bool Is(string expected) => string.CompareOrdinal(text, _at, expected, 0, expected.Length) == 0;

    private void SkipSpaces() => _at = SpacesEnd(_at);

    private int SpacesEnd(int at)
    {
        while (at < text.Length && text[at] is ' ' or '\t')
            at++;
        return at;
    }

    private static bool IsKeyCharacter(char c) => char.IsAsciiLetterOrDigit(c) || c is '_' or '.' or '/' or '-';
}
