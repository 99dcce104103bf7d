namespace NetPolTools.Objects;

/// <summary>Whom Prometheus is to ask for metrics: a ServiceMonitor or a PodMonitor of its operator.</summary>
public sealed record ScrapeMonitor(string MonitorKind, ObjectMetadata Metadata) : KubernetesObject(Metadata)
{
    public const string OfServices = "ServiceMonitor";
    public const string OfPods = "PodMonitor";

    /// <summary>By labels of Services or of pods.</summary>
    public LabelSelector Selector { get; init; } = LabelSelector.Everything;

    /// <summary>Where they are; null for the monitor's own namespace.</summary>
    public IReadOnlyList<string>? Namespaces { get; init => field = Indexable.Of(value); }

    /// <summary>Whether they may be in any namespace.</summary>
    public bool IsAnyNamespace { get; init; }

    public IReadOnlyList<ScrapedPort> Ports { get; init => field = Indexable.Of(value); } = [];

    public override string Kind => MonitorKind;
}

/// <summary>A port that is asked: of two fields that the API has for it, one is given.</summary>
/// <param name="Name">Of the Service's port; of a PodMonitor that of the container's.</param>
/// <param name="OnPod">The pods' port.</param>
public sealed record ScrapedPort(string? Name, PortNumberOrName? OnPod);
