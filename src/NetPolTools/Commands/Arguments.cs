using System.Management.Automation;
using NetPolTools.Cni;
using NetPolTools.Cni.Catalogue;
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

    public static AskedPorts Ports(Cmdlet cmdlet, Protocol[] protocols, string[] ports) =>
        AskedPorts.Of(protocols, [.. ports.Select(text => Parse(cmdlet, text, AskedPort.Parse))]);

    /// <summary>Ports as rules of policies write them.</summary>
    public static NetworkPolicyPort[] PolicyPorts(Cmdlet cmdlet, string[] ports) => [.. ports.Select(text => Parse(cmdlet, text, NetworkPolicyPortText.Parse))];

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
