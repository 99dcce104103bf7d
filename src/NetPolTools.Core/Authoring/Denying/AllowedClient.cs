using NetPolTools.Objects;

namespace NetPolTools.Authoring.Denying;

/// <summary>Pods of another namespace that a default deny lets in.</summary>
public sealed record AllowedClient
{
    /// <summary>Null for what the input shows, or else where such pods usually run.</summary>
    public string? Namespace { get; init; }

    /// <summary>Null for the labels that such pods usually have.</summary>
    public LabelSelector? Pods { get; init; }

    /// <summary>Ports of the pods they come to, never of a Service in front of them. Empty for what the input shows, or else every port.</summary>
    public IReadOnlyList<NetworkPolicyPort> Ports { get; init; } = [];
}
