using NetPolTools.Objects;

namespace NetPolTools.Dialects.Calico;

/// <summary>
/// <c>source</c> or <c>destination</c> of a Calico rule. Everything given must hold; of the items of a list one. What is absent or empty is no condition.
/// </summary>
public sealed record CalicoEntity
{
    /// <summary>No condition: every address.</summary>
    public static readonly CalicoEntity Any = new();

    /// <summary>CIDR blocks as written.</summary>
    public IReadOnlyList<string> Nets { get; internal init => field = Indexable.Of(value); } = [];

    /// <summary>CIDR blocks that the address must not be in.</summary>
    public IReadOnlyList<string> NotNets { get; internal init => field = Indexable.Of(value); } = [];

    /// <summary>Calico selector of endpoints and network sets.</summary>
    public string? Selector { get; internal init; }

    /// <summary>Calico selector that must not hold; it holds for no address of which nothing is known.</summary>
    public string? NotSelector { get; internal init; }

    /// <summary>Calico selector of namespaces; <c>global()</c> for what is in none.</summary>
    public string? NamespaceSelector { get; internal init; }

    /// <summary>The endpoints of a Service, with their ports.</summary>
    public CalicoService? Services { get; internal init; }

    public CalicoServiceAccounts? ServiceAccounts { get; internal init; }

    public IReadOnlyList<CalicoPort> Ports { get; internal init => field = Indexable.Of(value); } = [];

    public IReadOnlyList<CalicoPort> NotPorts { get; internal init => field = Indexable.Of(value); } = [];

    /// <summary>Whether it is no condition.</summary>
    public bool IsAny => Nets.Count == 0 && NotNets.Count == 0 && Ports.Count == 0 && NotPorts.Count == 0 && Services is null && ServiceAccounts is null
        && string.IsNullOrEmpty(Selector) && string.IsNullOrEmpty(NotSelector) && string.IsNullOrEmpty(NamespaceSelector);
}

/// <summary>A Service of Kubernetes. Without a namespace it is that of the policy.</summary>
public sealed record CalicoService(string? Name, string? Namespace)
{
    public string? Name { get; } = Name;

    public string? Namespace { get; } = Namespace;
}

/// <summary>Service accounts that have one of the names, where names are given, and that the selector picks, where there is one.</summary>
public sealed record CalicoServiceAccounts
{
    public IReadOnlyList<string> Names { get; internal init => field = Indexable.Of(value); } = [];

    public string? Selector { get; internal init; }
}
