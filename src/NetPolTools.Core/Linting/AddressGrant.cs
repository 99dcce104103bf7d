using System.Collections.Immutable;
using NetPolTools.Sets;

namespace NetPolTools.Linting;

/// <summary>A block of addresses that a policy of any kind lets its pods out to.</summary>
/// <param name="Place">The peer; the rule where it names none.</param>
/// <param name="In">The blocks.</param>
/// <param name="Except">Taken out of them.</param>
/// <param name="Subjects">The pods of the input that the policy selects.</param>
/// <param name="Ports">Port numbers that the rule names; names towards addresses mean nothing.</param>
internal sealed record AddressGrant(
    PolicyPlace Place, ImmutableArray<AddressRange> In, ImmutableArray<AddressRange> Except, IndexSet Subjects, PortSet Ports)
{
    /// <summary>Whether the rule names no peers at all.</summary>
    public bool IsEveryone { get; init; }

    /// <summary>As written: <c>10.0.0.0/8</c>.</summary>
    public string Text { get; init; } = "";

    public bool Covers(NetAddress address) => Has(In, address) && !Has(Except, address);

    // Asked of every block of a fleet, so it makes nothing on its way.
    private static bool Has(ImmutableArray<AddressRange> ranges, NetAddress address)
    {
        foreach (var range in ranges)
        {
            if (range.Contains(address))
                return true;
        }

        return false;
    }

    /// <summary>Whether it is so wide that it means the internet, and not a network of somebody.</summary>
    public bool MeansInternet => !IsEveryone && In.Any(static range =>
        range.Last - range.First >= (range.Family == AddressFamilyKind.IPv4 ? UInt128.One << 25 : UInt128.One << 125) - 1);
}
