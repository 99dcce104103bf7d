namespace NetPolTools.Output;

/// <summary>One pair of a matrix.</summary>
public sealed class NetPolMatrixCell
{
    internal NetPolMatrixCell(string source, string destination, NetPolPorts? ports, NetPolPorts? undetermined)
    {
        Source = source;
        Destination = destination;
        Ports = ports?.ToString() ?? "";
        UndeterminedPorts = undetermined?.ToString() ?? "";
    }

    public string Source { get; }

    public string Destination { get; }

    /// <summary>Those that are allowed, as connections print them: <c>TCP 80,443</c>; empty for none.</summary>
    public string Ports { get; }

    /// <summary>Those of which nothing in the input tells whether they are allowed.</summary>
    public string UndeterminedPorts { get; }

    public override string ToString() => UndeterminedPorts.Length == 0 ? $"{Source} -> {Destination}: {Ports}"
        : $"{Source} -> {Destination}: {(Ports.Length == 0 ? "" : $"{Ports}; ")}Undetermined {UndeterminedPorts}";
}
