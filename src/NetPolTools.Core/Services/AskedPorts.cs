using System.Text.RegularExpressions;
using NetPolTools.Objects;
using NetPolTools.Sets;

namespace NetPolTools.Services;

/// <summary>
/// The ports that a question names. Of a Service they are its own ports, by number or name, as its clients dial them; of anything else they are ports of the
/// pods, which have no names.
/// </summary>
/// <param name="Numbers">None where only names are given.</param>
/// <param name="Names">Of ports of Services.</param>
public sealed record AskedPorts(PortSet Numbers, IReadOnlyList<string> Names)
{
    public static readonly AskedPorts All = new(PortSet.All, []);

    /// <summary>Those of a Service's ports that are asked about.</summary>
    public IReadOnlyList<ServicePort> Of(Service service) =>
        [.. service.Ports.Where(port => IsNumberAsked(port) || (port.Name.Length > 0 && Names.Contains(port.Name)))];

    /// <param name="protocols">Empty for all three; names stand for the protocol that their port has.</param>
    /// <param name="ports">Empty for all.</param>
    public static AskedPorts Of(IReadOnlyCollection<Protocol> protocols, IReadOnlyCollection<AskedPort> ports)
    {
        string[] names = [.. ports.Select(static port => port.Name).OfType<string>()];
        AskedPort[] ranges = [.. ports.Where(static port => port.Name is null)];
        var numbers = PortSet.None;
        if (ranges.Length == 0 && names.Length == 0)
            ranges = [new AskedPort(PortSet.MinPort, PortSet.MaxPort, null)];
        foreach (var protocol in protocols.Count > 0 ? protocols : Enum.GetValues<Protocol>())
        {
            foreach (var range in ranges)
                numbers = numbers.Union(PortSet.Of(protocol, range.First, range.Last));
        }

        return new AskedPorts(numbers, names);
    }

    private bool IsNumberAsked(ServicePort port) =>
        port.Port is >= PortSet.MinPort and <= PortSet.MaxPort && Numbers.Contains(port.Protocol, port.Port);
}

/// <summary>A port as a question names it.</summary>
/// <param name="First">1-65535; 0 for a name.</param>
/// <param name="Last">At least <paramref name="First"/>, inclusive.</param>
/// <param name="Name">Null for numbers.</param>
public readonly partial record struct AskedPort(int First, int Last, string? Name)
{
    /// <summary>Reads a port such as <c>3306</c>, a range such as <c>8000-8100</c>, or the name of a Service's port such as <c>http</c>.</summary>
    /// <exception cref="FormatException">None of these.</exception>
    public static AskedPort Parse(string text)
    {
        var dash = text.IndexOf('-');
        var firstText = dash < 0 ? text : text[..dash];
        var lastText = dash < 0 ? text : text[(dash + 1)..];
        if (int.TryParse(firstText, System.Globalization.NumberStyles.None, null, out var first)
            && int.TryParse(lastText, System.Globalization.NumberStyles.None, null, out var last))
        {
            return first >= PortSet.MinPort && last <= PortSet.MaxPort && first <= last ? new AskedPort(first, last, null) : throw Wrong(text);
        }

        return text.Any(char.IsAsciiLetterLower) && NameOfPort().IsMatch(text) ? new AskedPort(0, 0, text) : throw Wrong(text);
    }

    private static FormatException Wrong(string text) =>
        new($"'{text}' is not a port; expected 1-65535, a range such as 8000-8100, or the name of a Service's port.");

    [GeneratedRegex("^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$")]
    private static partial Regex NameOfPort();
}
