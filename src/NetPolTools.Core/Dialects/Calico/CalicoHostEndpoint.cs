using NetPolTools.Objects;

namespace NetPolTools.Dialects.Calico;

/// <summary>A HostEndpoint: an interface of a node, or all of them, which policies may be about and which selectors find by its labels.</summary>
public sealed record CalicoHostEndpoint(ObjectMetadata Metadata) : CalicoObject(CalicoKind.HostEndpoint, Metadata)
{
    /// <summary>The <c>interfaceName</c> of all interfaces.</summary>
    public const string AllInterfaces = "*";

    public string? Node { get; internal init; }

    public string? InterfaceName { get; internal init; }

    /// <summary>Addresses as written: those by which it is a peer.</summary>
    public IReadOnlyList<string> ExpectedIPs { get; internal init => field = Indexable.Of(value); } = [];

    public IReadOnlyList<string> Profiles { get; internal init => field = Indexable.Of(value); } = [];

    /// <summary>Names that rules may call its ports by.</summary>
    public IReadOnlyList<CalicoEndpointPort> Ports { get; internal init => field = Indexable.Of(value); } = [];
}

/// <summary>A named port of a host endpoint.</summary>
public sealed record CalicoEndpointPort(string Name, CalicoProtocol? Protocol, int Port);
