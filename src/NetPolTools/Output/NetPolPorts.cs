using System.Collections;
using System.Management.Automation;
using NetPolTools.Sets;

namespace NetPolTools.Output;

/// <summary>
/// The ports of a connection. Reads as <c>TCP 80,8000-8100 UDP 53</c>, <c>All</c> or <c>None</c>; holds one text per range when enumerated, which
/// is also what ConvertTo-Json writes.
/// </summary>
public sealed class NetPolPorts : IEnumerable<string>, IEquatable<NetPolPorts>
{
    internal NetPolPorts(PortSet set)
    {
        Set = set;
    }

    internal PortSet Set { get; }

    /// <param name="protocol">TCP, UDP or SCTP.</param>
    /// <param name="port">1-65535.</param>
    public bool Contains(Protocol protocol, int port) => Set.Contains(protocol, port);

    /// <summary>Whether any protocol has the port.</summary>
    public bool Contains(int port) => Enum.GetValues<Protocol>().Any(protocol => Set.Contains(protocol, port));

    public IEnumerator<string> GetEnumerator() => Set.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    public bool Equals(NetPolPorts? other) => other is not null && Set.Equals(other.Set);

    public override bool Equals(object? obj) => obj switch
    {
        PSObject wrapped => Equals(wrapped.BaseObject),
        string text => string.Equals(ToString(), text, StringComparison.OrdinalIgnoreCase),
        _ => Equals(obj as NetPolPorts),
    };

    public override int GetHashCode() => Set.GetHashCode();

    public override string ToString() => Set.ToString();
}
