namespace NetPolTools.Cni;

/// <summary>Whether something holds in a cluster of which the input may show only a part.</summary>
public enum Truth
{
    No,
    Unknown,
    Yes,
}
