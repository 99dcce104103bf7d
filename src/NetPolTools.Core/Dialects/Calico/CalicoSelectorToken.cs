namespace NetPolTools.Dialects.Calico;

/// <summary>A token of a selector.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Start">Where it begins.</param>
/// <param name="Value">The key of a label or of <c>has()</c>, or a value without its quotes; otherwise empty.</param>
internal readonly record struct CalicoSelectorToken(CalicoSelectorTokenKind Kind, int Start, string Value = "");

internal enum CalicoSelectorTokenKind
{
    /// <summary>Before the first.</summary>
    None,
    Label,
    Value,
    LeftBrace,
    RightBrace,
    Comma,
    Equal,
    NotEqual,
    In,
    NotIn,
    Contains,
    StartsWith,
    EndsWith,
    Not,
    All,
    Global,
    Has,
    LeftParenthesis,
    RightParenthesis,
    And,
    Or,
    End,
}
