namespace NetPolTools.Linting;

/// <summary>When a rule is best asked.</summary>
internal enum LintTurn
{
    /// <summary>It takes long, on one processor alone where all policies are of one namespace: begun late, the others would be idle at its end.</summary>
    First,

    Any,

    /// <summary>It goes by what one that is asked first works out: asked beside that one, it would wait.</summary>
    Last,
}
