using NetPolTools.Objects;

namespace NetPolTools.Output;

/// <summary>A policy of another API, or something that policies of it refer to.</summary>
public sealed class NetPolOtherPolicy : NetPolObject
{
    internal NetPolOtherPolicy(PolicyObject policy)
        : base(policy)
    {
        (Kind, Namespace, Name) = (policy.Kind, policy.Metadata.Namespace ?? "", policy.Name);
        Location = Place(policy);
    }

    public string Kind { get; }

    /// <summary>Empty for kinds that have none.</summary>
    public string Namespace { get; }

    public string Name { get; }

    /// <summary>As file:line:column; empty where it came from no file.</summary>
    public string Location { get; }
}
