using NetPolTools.Objects;

namespace NetPolTools.Output;

/// <summary>What makes pods, such as a Deployment.</summary>
public sealed class NetPolWorkload : NetPolObject
{
    internal NetPolWorkload(Workload workload)
        : base(workload)
    {
        (Namespace, Name, Kind) = (workload.Metadata.Namespace ?? "", workload.Name, workload.Kind);
        Labels = workload.TemplateLabels.ToString();
        Replicas = workload.Replicas;
        HostNetwork = workload.Template.HostNetwork;
        ServiceAccount = workload.Template.ServiceAccount;
        Ports = PortTexts(workload.Template);
        IsFinished = workload.IsFinished;
        Location = Place(workload);
    }

    public string Namespace { get; }

    public string Name { get; }

    /// <summary>Deployment, StatefulSet and so on.</summary>
    public string Kind { get; }

    /// <summary>Those of its pods: <c>app=web,tier=frontend</c>.</summary>
    public string Labels { get; }

    /// <summary>How many pods it asks for; null where it does not say.</summary>
    public int? Replicas { get; }

    /// <summary>Whether its pods use the network of their node: no policy isolates them.</summary>
    public bool HostNetwork { get; }

    /// <summary>The service account of its pods.</summary>
    public string ServiceAccount { get; }

    /// <summary>The ports that its containers declare: <c>http 8080/TCP</c>.</summary>
    public NetPolList<string> Ports { get; }

    /// <summary>Of a Job, whether it has ended.</summary>
    public bool IsFinished { get; }

    /// <summary>As file:line:column; empty where it came from no file.</summary>
    public string Location { get; }
}
