namespace NetPolTools.Cluster.Tests.Validation;

/// <summary>A value of a field, right or wrong: JSON, or null for a field that is absent.</summary>
/// <param name="Json">As it stands in the policy.</param>
/// <param name="Needs">What a server must know to see it as the current one does.</param>
/// <param name="IsWrongShape">Whether the server fails to read it at all: then it names no other mistake of the policy.</param>
internal sealed record Fragment(string? Json, ServerFeature Needs = ServerFeature.None, bool IsWrongShape = false)
{
    public override string ToString() => Json is { Length: > 60 } ? Json[..57] + "..." : Json ?? "absent";
}

internal enum ServerFeature
{
    None,

    /// <summary>Before, the field was dropped.</summary>
    EndPort,

    /// <summary>Before, values of matchExpressions could be any text.</summary>
    SelectorValues,

    /// <summary>Before, whether zeros may stand in front of the numbers of an address hung on the Go that built the server.</summary>
    LeadingZeros,

    /// <summary>Before, nothing was said of the excepts behind one that is no CIDR block.</summary>
    EveryExcept,

    /// <summary>Before, the server panicked over a generateName that is a hyphen alone, and did not answer.</summary>
    LoneHyphen,
}
