using NetPolTools.Objects;

namespace NetPolTools.Output;

/// <summary>A pod of a cluster.</summary>
public sealed class NetPolPod : NetPolObject
{
    internal NetPolPod(Pod pod)
        : base(pod)
    {
        (Namespace, Name) = (pod.Metadata.Namespace ?? "", pod.Name);
        Address = NetPolList.Names(pod.Addresses.Select(static address => address.ToString()));
        Labels = pod.Metadata.Labels.ToString();
        Node = pod.Spec.NodeName ?? "";
        Controller = pod.Metadata.Controller?.ToString() ?? "";
        HostNetwork = pod.Spec.HostNetwork;
        ServiceAccount = pod.Spec.ServiceAccount;
        Ports = PortTexts(pod.Spec);
        Phase = pod.Phase ?? "";
        IsReady = pod.IsReady;
        IsFinished = pod.IsFinished;
        Location = Place(pod);
    }

    public string Namespace { get; }

    public string Name { get; }

    /// <summary>At most one of each family; none for a pod of a manifest.</summary>
    public NetPolList<string> Address { get; }

    /// <summary><c>app=web,tier=frontend</c>.</summary>
    public string Labels { get; }

    /// <summary>Empty where it is on none yet.</summary>
    public string Node { get; }

    /// <summary><c>ReplicaSet web-5d9</c>; empty for a pod of its own.</summary>
    public string Controller { get; }

    /// <summary>Whether it uses the network of its node: no policy isolates it.</summary>
    public bool HostNetwork { get; }

    public string ServiceAccount { get; }

    /// <summary>The ports that its containers declare: <c>http 8080/TCP</c>.</summary>
    public NetPolList<string> Ports { get; }

    /// <summary>Running and so on; empty for a pod of a manifest.</summary>
    public string Phase { get; }

    /// <summary>Whether Services lead to it.</summary>
    public bool IsReady { get; }

    /// <summary>Whether nothing of it runs any more.</summary>
    public bool IsFinished { get; }

    /// <summary>As file:line:column; empty where it came from no file.</summary>
    public string Location { get; }
}
