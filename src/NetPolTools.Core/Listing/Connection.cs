using NetPolTools.Sets;

namespace NetPolTools.Listing;

public enum Verdict
{
    Allowed,
    Denied,

    /// <summary>Nothing in the input tells whether policies allow it; the notes say what it depends on.</summary>
    Undetermined,
}

/// <summary>Who may reach whom on which ports of the destination.</summary>
/// <param name="Ports">Pod ports, never Service ports; none for a denied connection, and for an undetermined one those of which it cannot be told.</param>
public sealed record Connection(ConnectionEnd Source, ConnectionEnd Destination, PortSet Ports, Verdict Verdict)
{
    /// <summary>What the verdict depends on that a reader would not expect; mostly empty.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>Whether it is only between pods and the nodes they run on.</summary>
    public bool IsNodeTraffic { get; init; }

    /// <summary>The ports of the destination that the question is about.</summary>
    public PortSet AskedPorts { get; init; } = PortSet.All;

    /// <summary>
    /// Two endpoints that the line speaks for, by their numbers in the map: all others behave the same, but for a line of a whole namespace.
    /// </summary>
    public (int Source, int Destination) Example { get; init; }
}
