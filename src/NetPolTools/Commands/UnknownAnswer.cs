namespace NetPolTools.Commands;

/// <summary>What to say where nothing is known.</summary>
public enum UnknownAnswer
{
    /// <summary>An error, and no answer.</summary>
    Error,

    True,

    False,
}
