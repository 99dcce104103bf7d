namespace NetPolTools.Policies;

/// <summary>Whether a block of addresses also means pods whose known address lies inside.</summary>
public enum PodMatch
{
    Yes,
    No,

    /// <summary>The API leaves it open, as for an ipBlock: the options of an evaluation decide, and answers that depend on it carry a note.</summary>
    AsOption,
}
