using System.Globalization;
using System.Text.RegularExpressions;
using NetPolTools.Sets;

namespace NetPolTools.Services;

/// <summary>The ports of a question, as people write them and as every answer prints them.</summary>
public static partial class PortNotation
{
    /// <summary>The ports that a question is about.</summary>
    /// <param name="texts">
    /// Each a port (<c>3306</c>), a range (<c>8000-8100</c>), either with a protocol (<c>53/UDP</c>), several of these with commas between them, ports as
    /// answers print them (<c>TCP 80,8000-8100 UDP 53</c>, <c>SCTP</c>, <c>All</c>), or the name of a Service's port (<c>http</c>). Empty for every port.
    /// </param>
    /// <param name="protocols">
    /// Those that ports without a protocol mean; of the others, only ports of these count. Names stand for the protocol that their port has. Empty for
    /// all that have ports.
    /// </param>
    /// <exception cref="FormatException">A text that is none of these, or of which these protocols leave nothing.</exception>
    public static AskedPorts Parse(IReadOnlyCollection<string> texts, IReadOnlyCollection<Protocol> protocols)
    {
        var asked = protocols.Count == 0 ? PortSet.All : PortSet.UnionOf([.. protocols.Select(static protocol => PortSet.Of(protocol))]);
        if (texts.Count == 0)
            return new AskedPorts(asked, []);
        string[] names = [.. texts.Where(IsName)];
        return new AskedPorts(PortSet.UnionOf([.. texts.Except(names).Select(text => Parse(text, asked))]), names);
    }

    /// <summary>A name has a small letter at least, and is no protocol.</summary>
    private static bool IsName(string text) => text.Any(char.IsAsciiLetterLower) && NameOfPort().IsMatch(text) && !PortSet.TryParse(text, out _);

    private static PortSet Parse(string text, PortSet asked)
    {
        var named = PortSet.TryParse(text, out var printed) ? printed
            : PortSet.UnionOf([.. text.Split(',', StringSplitOptions.TrimEntries).Select(part => ParsePart(part, text))]);
        if (named.IsEmpty)
            throw Wrong(text);
        var ports = named.Intersect(asked);
        return ports.IsEmpty ? throw new FormatException($"'{text}' names no port of the protocols asked about; leave one of the two out.") : ports;
    }

    private static PortSet ParsePart(string part, string text)
    {
        var slash = part.IndexOf('/');
        var range = slash < 0 ? part : part[..slash];
        if (slash < 0)
            return PortSet.UnionOf([.. Protocols.WithPorts.Select(protocol => Range(protocol))]);
        var name = part[(slash + 1)..];
        foreach (var protocol in Protocols.WithPorts)
        {
            if (protocol.ToString().Equals(name, StringComparison.OrdinalIgnoreCase))
                return Range(protocol);
        }

        throw Wrong(text);

        PortSet Range(Protocol protocol)
        {
            var dash = range.IndexOf('-');
            return Number(dash < 0 ? range : range[..dash]) is { } first && Number(dash < 0 ? range : range[(dash + 1)..]) is { } last && first <= last
                ? PortSet.Of(protocol, first, last)
                : throw Wrong(text);
        }
    }

    private static int? Number(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number is >= PortSet.MinPort and <= PortSet.MaxPort ? number
            : null;

    private static FormatException Wrong(string text) => new(
        $"'{text}' is not a port; expected 1-65535, a range such as 8000-8100, either with a protocol such as 53/UDP, ports as answers print them such as "
            + "TCP 80,443, "
            + "or the name of a Service's port.");

    [GeneratedRegex("^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$")]
    private static partial Regex NameOfPort();
}
