using System.Collections.Immutable;
using NetPolTools.Validation;
using static NetPolTools.Dialects.Calico.CalicoSelectorTokenKind;

namespace NetPolTools.Dialects.Calico;

/// <summary>
/// Reads a selector (libcalico-go/lib/selector/parser): <c>!</c> binds one operation, then <c>&amp;&amp;</c>, then <c>||</c>.
/// </summary>
internal sealed class CalicoSelectorParser(string text)
{
    /// <summary>Calico has no limit; one that a server takes, at most 1024 characters long, has room for no more than this.</summary>
    public const int DeepestNesting = 512;

    private readonly CalicoSelectorScanner _scanner = new(text);
    private CalicoSelectorToken _token;
    private CalicoSelectorError? _error;
    private int _depth;

    /// <summary>The selector; null for a mistake.</summary>
    public CalicoSelector? Parse(out CalicoSelectorError? error)
    {
        CalicoSelector? selector = null;
        if (Advance())
            selector = _token.Kind == End ? CalicoSelector.Everything : ReadAny();
        if (selector is not null && _token.Kind != End)
            selector = Wrong($"Found {Found()} behind the end of the selector; conditions are joined with && or ||");
        error = _error;
        return selector;
    }

    private CalicoSelector? ReadAny() => ReadJoined(Or, ReadAll, static operands => new CalicoSelector.Or(operands));

    private CalicoSelector? ReadAll() => ReadJoined(And, ReadOne, static operands => new CalicoSelector.And(operands));

    private CalicoSelector? ReadJoined(
        CalicoSelectorTokenKind between, Func<CalicoSelector?> read, Func<ImmutableArray<CalicoSelector>, CalicoSelector> join)
    {
        if (read() is not { } first)
            return null;
        if (_token.Kind != between)
            return first;
        var operands = ImmutableArray.CreateBuilder<CalicoSelector>();
        operands.Add(first);
        while (_token.Kind == between)
        {
            if (!Advance() || read() is not { } next)
                return null;
            operands.Add(next);
        }

        return join(operands.ToImmutable());
    }

    private CalicoSelector? ReadOne()
    {
        var isNegated = false;
        for (; _token.Kind == Not; isNegated = !isNegated)
        {
            if (!Advance())
                return null;
        }

        var selector = _token.Kind switch
        {
            Label => ReadLabel(),
            LeftParenthesis => ReadNested(),
            Has => Then(new CalicoSelector.Label(_token.Value, CalicoLabelTest.Has, [])),
            All => Then(CalicoSelector.Everything),
            Global => Then(new CalicoSelector.Global()),
            _ => Wrong($"Found {Found()}; expected a label, has(), all(), ! or a parenthesis{Advice()}"),
        };
        return selector is not null && isNegated ? new CalicoSelector.Not(selector) : selector;
    }

    private CalicoSelector? ReadNested()
    {
        if (++_depth > DeepestNesting)
            return Wrong($"Parentheses are nested more than {DeepestNesting} deep");
        if (!Advance() || ReadAny() is not { } selector)
            return null;
        _depth--;
        return _token.Kind == RightParenthesis ? Then(selector) : Wrong($"Found {Found()}; expected a ')'");
    }

    private CalicoSelector? ReadLabel()
    {
        var key = _token.Value;
        if (!Advance())
            return null;
        CalicoLabelTest? found = _token.Kind switch
        {
            Equal => CalicoLabelTest.Equal,
            NotEqual => CalicoLabelTest.NotEqual,
            In => CalicoLabelTest.In,
            NotIn => CalicoLabelTest.NotIn,
            Contains => CalicoLabelTest.Contains,
            StartsWith => CalicoLabelTest.StartsWith,
            EndsWith => CalicoLabelTest.EndsWith,
            _ => null,
        };
        if (found is not { } test)
            return Wrong($"Found {Found()} behind the label '{Excerpt.Of(key)}'; expected {OperatorExpected(key)}");
        if (!Advance())
            return null;
        if (test is CalicoLabelTest.In or CalicoLabelTest.NotIn)
            return ReadSet() is { } values ? new CalicoSelector.Label(key, test, values) : null;
        return _token.Kind == Value
            ? Then(new CalicoSelector.Label(key, test, [_token.Value]))
            : Wrong($"Found {Found()}; expected a value in quotes");
    }

    private ImmutableArray<string>? ReadSet()
    {
        if (_token.Kind != LeftBrace)
        {
            Wrong($"Found {Found()}; expected a set such as {{'a', 'b'}}");
            return null;
        }

        var values = new SortedSet<string>(StringComparer.Ordinal);
        do
        {
            if (!Advance())
                return null;
            if (_token.Kind != Value)
                break;
            values.Add(_token.Value);
            if (!Advance())
                return null;
        }
        while (_token.Kind == Comma);

        if (_token.Kind != RightBrace)
        {
            Wrong($"Found {Found()}; expected a '}}', or values in quotes with commas between them");
            return null;
        }

        return Advance() ? [.. values] : null;
    }

    /// <summary>Goes on behind a selector that is complete.</summary>
    private CalicoSelector? Then(CalicoSelector selector) => Advance() ? selector : null;

    private bool Advance()
    {
        if (_scanner.Next() is not { } next)
        {
            _error = _scanner.Error;
            return false;
        }

        _token = next;
        return true;
    }

    private CalicoSelector? Wrong(string message)
    {
        _error = new CalicoSelectorError(_token.Start, message);
        return null;
    }

    private string Advice() => _token.Kind == Value ? "; the key of a label stands without quotes" : "";

    /// <summary>Functions look like labels where their parenthesis does not follow at once, or where they are others'.</summary>
    private string OperatorExpected(string key)
    {
        const string operators = "==, !=, in, not in, contains, starts with or ends with";
        return _token.Kind == LeftParenthesis
            ? key is "has" or "all" or "global" ? $"{key}(, without space between" : $"{operators}; the functions are has(), all() and global(), in lower case"
            : operators;
    }

    /// <summary>The token, as messages write it.</summary>
    private string Found() => _token.Kind == End ? "the end" : $"'{Excerpt.Of(text[_token.Start.._scanner.Position])}'";
}
