using System.Collections.Immutable;
using System.Globalization;

namespace NetPolTools.Dialects.Calico;

/// <summary>An IP protocol by name or number, as written; a string of digits is a number (api/pkg/lib/numorstring/protocol.go).</summary>
/// <param name="Text">A name or a number.</param>
public readonly record struct CalicoProtocol(string Text)
{
    public string Text { get; } = Text;

    public const int Tcp = 6;
    public const int Udp = 17;
    public const int Sctp = 132;
    public const int Icmp = 1;
    public const int IcmpV6 = 58;
    public const int UdpLite = 136;

    /// <summary>The names, in the only case that is taken.</summary>
    public static readonly ImmutableDictionary<string, int> Names = new Dictionary<string, int>
    {
        ["TCP"] = Tcp,
        ["UDP"] = Udp,
        ["SCTP"] = Sctp,
        ["ICMP"] = Icmp,
        ["ICMPv6"] = IcmpV6,
        ["UDPLite"] = UdpLite,
    }.ToImmutableDictionary();

    /// <summary>The number of the IP protocol, 0-255; null for a name that is none.</summary>
    public int? Number
    {
        get
        {
            if (byte.TryParse(Text, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
                return number;
            return Names.TryGetValue(Text, out var named) ? named : null;
        }
    }

    /// <summary>Whether it is written as a number, not as a name.</summary>
    public bool IsNumber => byte.TryParse(Text, NumberStyles.None, CultureInfo.InvariantCulture, out _);

    /// <summary>Whether packets of it have ports that Calico can look at: TCP, UDP and SCTP.</summary>
    public bool HasPorts => Number is Tcp or Udp or Sctp;

    public override string ToString() => Text;
}
