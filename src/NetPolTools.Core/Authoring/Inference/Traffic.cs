using NetPolTools.Sets;

namespace NetPolTools.Authoring.Inference;

/// <summary>Traffic that is to be allowed: from one end to the other, on these ports of the destination's pods.</summary>
/// <param name="Source">Who begins it.</param>
/// <param name="Destination">Whom it reaches.</param>
/// <param name="Ports">Of TCP, UDP and SCTP; replies need none.</param>
public sealed record Traffic(TrafficEnd Source, TrafficEnd Destination, PortSet Ports)
{
    /// <summary><c>shop/web[Deployment] -> shop/api[Deployment] on TCP 5000</c>.</summary>
    public override string ToString() => $"{Source} -> {Destination} on {Ports}";
}
