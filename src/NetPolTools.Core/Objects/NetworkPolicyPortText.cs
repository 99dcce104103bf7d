using System.Globalization;
using NetPolTools.Sets;

namespace NetPolTools.Objects;

/// <summary>Ports of policies as people write them: <c>80</c>, <c>8000-8100</c>, <c>http</c>, <c>53/UDP</c>, and <c>UDP</c> for every port of it.</summary>
public static class NetworkPolicyPortText
{
    /// <summary>The port as <see cref="Parse"/> reads it.</summary>
    public static string Of(NetworkPolicyPort port)
    {
        if (port.Port is not { } first)
            return port.Protocol ?? "TCP";
        var range = port.EndPort is { } last ? $"{first}-{last}" : first.ToString();
        return port.Protocol is null ? range : $"{range}/{port.Protocol}";
    }

    /// <param name="text">As above; protocols in any case.</param>
    /// <returns>A port that validation has not seen: 0 and 70000 are numbers too. Without a protocol, none is set, which means TCP.</returns>
    /// <exception cref="FormatException">Not a port; the message says what was expected.</exception>
    public static NetworkPolicyPort Parse(string text)
    {
        if (Protocol(text) is { } all)
            return new NetworkPolicyPort { Protocol = all };
        var slash = text.IndexOf('/');
        var port = slash < 0 ? text : text[..slash];
        var protocol = slash < 0 ? null : Protocol(text[(slash + 1)..]) ?? throw Wrong(text);
        if (Number(port) is { } number)
            return new NetworkPolicyPort { Protocol = protocol, Port = new PortNumberOrName(number, null) };

        var dash = port.IndexOf('-');
        if (dash > 0 && Number(port[..dash]) is { } first && Number(port[(dash + 1)..]) is { } last)
            return new NetworkPolicyPort { Protocol = protocol, Port = new PortNumberOrName(first, null), EndPort = last };
        return NameRules.CheckPortName(port) is null
            ? new NetworkPolicyPort { Protocol = protocol, Port = new PortNumberOrName(0, port) }
            : throw Wrong(text);
    }

    /// <summary>One port as <see cref="Parse"/> reads it, or ports as answers print them: <c>TCP 80,8000-8100 UDP 53</c>, <c>All</c>.</summary>
    /// <exception cref="FormatException">Neither.</exception>
    public static IReadOnlyList<NetworkPolicyPort> ParseAll(string text)
    {
        if (Protocol(text) is not null || !PortSet.TryParse(text, out var ports) || ports.IsEmpty)
            return [Parse(text)];
        return [.. ports.Ranges().Select(static range => (range.First, range.Last) == (PortSet.MinPort, PortSet.MaxPort)
            ? new NetworkPolicyPort { Protocol = range.Protocol.ToString() }
            : new NetworkPolicyPort
            {
                Protocol = range.Protocol.ToString(),
                Port = new PortNumberOrName(range.First, null),
                EndPort = range.First == range.Last ? null : range.Last,
            })];
    }

    private static string? Protocol(string text) => text.ToUpperInvariant() is "TCP" or "UDP" or "SCTP" ? text.ToUpperInvariant() : null;

    private static int? Number(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static FormatException Wrong(string text) => new(
        $"'{text}' is not a port; expected a number such as 80, a range such as 8000-8100, a name such as http, one of these with a protocol such as "
            + "53/UDP, or a protocol alone.");
}
