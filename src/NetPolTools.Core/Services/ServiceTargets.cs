using NetPolTools.Objects;
using NetPolTools.Sets;

namespace NetPolTools.Services;

/// <summary>What a Service leads to. Ports are the pods' own: those of the Service never matter to policies.</summary>
public sealed record ServiceTargets(Service Service)
{
    /// <summary>Each pod once, with the ports it is served on; ascending.</summary>
    public IReadOnlyList<ServicePod> Pods { get; init; } = [];

    /// <summary>Addresses that no pod of the input has.</summary>
    public IReadOnlyList<(NetAddress Address, PortSet Ports)> Outside { get; init; } = [];

    /// <summary>The name in DNS that an ExternalName Service is another word for; its address is unknown.</summary>
    public string? OutsideName { get; init; }

    /// <summary>Why it leads nowhere; null when it leads somewhere. Reads on after "leads nowhere:".</summary>
    public string? WhyNowhere { get; init; }
}

/// <summary>A pod behind a Service, or a template of such pods.</summary>
/// <param name="Endpoint">Its number in the endpoint table.</param>
/// <param name="Ports">Those of the pod that the Service leads to.</param>
/// <param name="Leads"><c>port 80 leads to TCP 8080</c>, for ports of other numbers than the Service's own; mostly empty.</param>
public readonly record struct ServicePod(int Endpoint, PortSet Ports, string Leads);
