namespace NetPolTools.Output;

/// <summary>One pair of a matrix.</summary>
public sealed class NetPolMatrixCell
{
    internal NetPolMatrixCell(string source, string destination, NetPolPorts ports)
    {
        Source = source;
        Destination = destination;
        Ports = ports.ToString();
    }

    public string Source { get; }

    public string Destination { get; }

    /// <summary>As connections print them: <c>TCP 80,443</c>.</summary>
    public string Ports { get; }

    public override string ToString() => $"{Source} -> {Destination}: {Ports}";
}
