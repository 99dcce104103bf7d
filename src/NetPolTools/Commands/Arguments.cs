using System.Collections;
using System.Management.Automation;
using NetPolTools.Asking;
using NetPolTools.Cni;
using NetPolTools.Cni.Catalogue;
using NetPolTools.Dialects.Cilium;
using NetPolTools.Editing;
using NetPolTools.Listing;
using NetPolTools.Objects;
using NetPolTools.Services;
using NetPolTools.Sets;
using NetPolTools.Validation;

namespace NetPolTools.Commands;

/// <summary>Turns the texts of parameters into what they mean; a text that means nothing ends the command with an error that says what was expected.</summary>
internal static class Arguments
{
    public static EndpointPattern Pattern(Cmdlet cmdlet, string text) => Parse(cmdlet, text, EndpointPattern.Parse);

    /// <summary>Services send nothing, so none can be a source.</summary>
    public static EndpointPattern Source(Cmdlet cmdlet, string text) => Parse(cmdlet, text, EndpointPattern.ParseSource);

    public static PolicyPattern Policy(Cmdlet cmdlet, string text) => Parse(cmdlet, text, PolicyPattern.Parse);

    /// <inheritdoc cref="PortNotation.Parse"/>
    public static AskedPorts Ports(Cmdlet cmdlet, IReadOnlyCollection<Protocol> protocols, string[] ports)
    {
        foreach (var port in ports)
            Parse(cmdlet, port, text => PortNotation.Parse([text], protocols));
        return PortNotation.Parse(ports, protocols);
    }

    /// <summary>A protocol by its name, whatever its case.</summary>
    public static Protocol Protocol(Cmdlet cmdlet, string text) => Parse(cmdlet, text, static name =>
        Enum.GetNames<Protocol>().FirstOrDefault(known => known.Equals(name.Trim(), StringComparison.OrdinalIgnoreCase)) is { } protocol
            ? Enum.Parse<Protocol>(protocol)
            : throw new FormatException($"'{name}' is not a protocol; expected TCP, UDP, SCTP, ICMP or Other."));

    /// <summary>What a rule expects, by a word as people write it into tables.</summary>
    public static bool Expectation(Cmdlet cmdlet, string text) => Parse(cmdlet, text, static word => word.Trim().ToUpperInvariant() switch
    {
        "TRUE" or "YES" or "1" or "ALLOWED" or "ALLOW" => true,
        "FALSE" or "NO" or "0" or "DENIED" or "DENY" => false,
        _ => throw new FormatException($"'{word}' is no expectation; expected True or False, Yes or No, Allowed or Denied."),
    });

    /// <summary>Ports as rules of policies write them.</summary>
    public static NetworkPolicyPort[] PolicyPorts(Cmdlet cmdlet, string[] ports) =>
        [.. ports.SelectMany(text => Parse(cmdlet, text, NetworkPolicyPortText.ParseAll))];

    /// <summary>The question that the parameters of a cmdlet ask together.</summary>
    public static ConnectionQuery Query(
        Cmdlet cmdlet, GroupBy by, string[] from, string[] to, string[] ports, Protocol[] protocols, string[] namespaces)
    {
        var asked = Ports(cmdlet, protocols, ports);
        return new ConnectionQuery
        {
            By = by,
            From = [.. from.Select(text => Source(cmdlet, text))],
            To = [.. to.Select(text => Pattern(cmdlet, text))],
            Ports = asked.Numbers,
            PortNames = asked.Names,
            Namespaces = namespaces,
        };
    }

    /// <param name="cmdlet">The command.</param>
    /// <param name="text">The name of a plugin, or Enforcing; null for the one that the input shows.</param>
    public static CniChoice Cni(Cmdlet cmdlet, string? text) => text is null ? CniChoice.Detected : Parse(cmdlet, text, CniChoice.Parse);

    /// <param name="cmdlet">The command.</param>
    /// <param name="settings">Keys of the ConfigMap cilium-config with their values; null for none.</param>
    public static GivenCiliumSettings Cilium(Cmdlet cmdlet, Hashtable? settings)
    {
        // Most questions give none.
        if (settings is null)
            return GivenCiliumSettings.None;
        try
        {
            return GivenCiliumSettings.Of(settings.Cast<DictionaryEntry>().Select(static entry => KeyValuePair.Create(
                LanguagePrimitives.ConvertTo<string>(entry.Key), TextOf(entry.Value))));
        }
        catch (FormatException e)
        {
            cmdlet.ThrowTerminatingError(ErrorRecords.InvalidArgument(e.Message, settings));
            throw;
        }
    }

    /// <summary>What parameters say of a cluster that its input does not.</summary>
    public static Assumptions Assumed(Cmdlet cmdlet, string? cni, bool includesStaged, bool ipBlockIgnoresPods, Hashtable? cilium) => new()
    {
        Cni = Cni(cmdlet, cni),
        IncludesStaged = includesStaged,
        IPBlockIgnoresPods = ipBlockIgnoresPods,
        Cilium = Cilium(cmdlet, cilium),
    };

    /// <summary>A value as the ConfigMap writes it.</summary>
    private static string TextOf(object? value) => value.Unwrapped() switch
    {
        bool isOn => isOn ? "true" : "false",
        object[] words => string.Join(',', words.Select(TextOf)),
        var other => LanguagePrimitives.ConvertTo<string>(other),
    };

    /// <summary>What the catalogue says of a plugin by name.</summary>
    public static CniVerdict Plugin(Cmdlet cmdlet, string text) => Parse(cmdlet, text, static name =>
    {
        var (entry, version) = PluginCatalogue.Default.Parse(name);
        return CniJudge.LookUp(entry, version);
    });

    /// <param name="cmdlet">The command.</param>
    /// <param name="text">A version of Kubernetes; null where none is named.</param>
    public static KubernetesVersion? Version(Cmdlet cmdlet, string? text) => text is null ? null : Parse(cmdlet, text, static version =>
        KubernetesVersion.TryParse(version, out var parsed)
            ? parsed
            : throw new FormatException($"'{version}' is no version of Kubernetes; expected one such as {KubernetesVersion.Newest}."));

    private static T Parse<T>(Cmdlet cmdlet, string text, Func<string, T> parse)
    {
        try
        {
            return parse(text);
        }
        catch (FormatException e)
        {
            cmdlet.ThrowTerminatingError(ErrorRecords.InvalidArgument(e.Message, text));
            throw;
        }
    }
}
