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

    private bool IsNumberAsked(ServicePort port) =>
        port.Port is >= PortSet.MinPort and <= PortSet.MaxPort && Numbers.Contains(port.Protocol, port.Port);
}
