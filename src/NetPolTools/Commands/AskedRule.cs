using System.Management.Automation;
using NetPolTools.Listing;
using NetPolTools.Services;

namespace NetPolTools.Commands;

/// <summary>One question of an audit, understood.</summary>
/// <param name="From">The sources as they were given.</param>
/// <param name="To">The destinations as they were given.</param>
/// <param name="Port">The ports as they were given; empty for any.</param>
/// <param name="Expected">What should be; null where that is not said.</param>
internal sealed record AskedRule(string[] From, string[] To, string[] Port, bool? Expected)
{
    public required IReadOnlyList<EndpointPattern> Sources { get; init; }

    public required IReadOnlyList<EndpointPattern> Destinations { get; init; }

    public required AskedPorts Ports { get; init; }

    /// <summary>Cells of a table may be empty, or hold several names with commas between them.</summary>
    /// <param name="cmdlet">Ended by what cannot be understood.</param>
    /// <param name="from">Sources.</param>
    /// <param name="to">Destinations.</param>
    /// <param name="port">Ports.</param>
    /// <param name="protocol">Names of protocols.</param>
    /// <param name="expected">What should be.</param>
    /// <param name="row">Where the question comes from, for the error to name.</param>
    public static AskedRule Parse(Cmdlet cmdlet, string[] from, string[] to, string[] port, string[] protocol, string? expected, object? row)
    {
        (from, to, port, protocol) = (Filled(from), Filled(to), Filled(port), Filled(protocol));
        if (from.Length == 0 || to.Length == 0)
            cmdlet.ThrowTerminatingError(
                ErrorRecords.InvalidArgument($"The question has no {(from.Length == 0 ? "From" : "To")}; it needs a source and a destination.", row));
        return new AskedRule(from, to, port, string.IsNullOrWhiteSpace(expected) ? null : Arguments.Expectation(cmdlet, expected))
        {
            Sources = [.. from.Select(text => Arguments.Source(cmdlet, text))],
            Destinations = [.. to.Select(text => Arguments.Pattern(cmdlet, text))],
            Ports = Arguments.Ports(cmdlet, [.. protocol.SelectMany(static text => text.Split(',')).Select(text => Arguments.Protocol(cmdlet, text))], port),
        };
    }

    private static string[] Filled(string[]? texts) => [.. (texts ?? []).Where(static text => !string.IsNullOrWhiteSpace(text))];
}
