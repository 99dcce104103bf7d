namespace NetPolTools.Authoring.Flows;

/// <summary>One end of a record as it was written; what the record does not say is null or empty.</summary>
internal sealed class RecordEnd
{
    public string? Namespace { get; set; }

    /// <summary>Of a pod or workload; in Calico's logs also of other things, or <c>-</c> where it was left out.</summary>
    public string? Name { get; set; }

    /// <summary>A kind of Kubernetes; our own listings have <c>Addresses</c> and <c>IngressController</c> too.</summary>
    public string? Kind { get; set; }

    /// <summary>Addresses as our own listings write them.</summary>
    public string? Addresses { get; set; }

    /// <summary>The one address that a flow was seen with.</summary>
    public string? Address { get; set; }

    /// <summary>Calico's name for the pods that share a generateName, <c>web-5d4f9-*</c>; <c>pub</c> and <c>pvt</c> for addresses.</summary>
    public string? AggregatedName { get; set; }

    /// <summary>Calico's <c>wep</c>, <c>hep</c>, <c>ns</c> and <c>net</c>, or Goldmane's names of these.</summary>
    public string? Type { get; set; }

    /// <summary>Hubble's <c>pod_name</c>.</summary>
    public string? Pod { get; set; }

    /// <summary>Hubble's <c>workloads</c>.</summary>
    public List<(string Kind, string Name)> Workloads { get; } = [];

    /// <summary>Hubble's <c>labels</c>, such as <c>k8s:app=web</c> and <c>reserved:world</c>.</summary>
    public List<string> Labels { get; } = [];
}
