using System.Globalization;

namespace NetPolTools.Sets;

/// <summary>A piece of a <see cref="PortSet"/>.</summary>
/// <param name="Protocol"><c>TCP</c>, <c>UDP</c>, <c>SCTP</c>, <c>ICMP</c> (of both families), <c>ICMPv4</c>, <c>ICMPv6</c> or <c>Other</c>.</param>
/// <param name="First">The first port, type of message or protocol number, inclusive.</param>
/// <param name="Last">The last one, inclusive.</param>
public readonly record struct TrafficRange(string Protocol, int First, int Last)
{
    /// <summary>Whether it is all of a protocol that has no ports, which is written without numbers.</summary>
    public bool IsWhole { get; init; }

    /// <summary><c>80</c> or <c>8000-8100</c>.</summary>
    public string Numbers => First == Last ? First.ToString(CultureInfo.InvariantCulture) : string.Create(CultureInfo.InvariantCulture, $"{First}-{Last}");

    /// <summary><c>TCP 80</c>, <c>TCP 8000-8100</c>, <c>ICMPv4 8</c>, <c>ICMP</c>.</summary>
    public override string ToString() => IsWhole ? Protocol : $"{Protocol} {Numbers}";
}
