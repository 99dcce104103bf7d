namespace NetPolTools.Linting;

/// <summary>What a rule looks at beside the policy that it is about.</summary>
public enum LintNeeds
{
    /// <summary>Nothing: the text of the policy is enough.</summary>
    Policy,

    /// <summary>The workloads, namespaces and Services of the input.</summary>
    Inventory,

    /// <summary>Who reaches whom, under policies of every kind.</summary>
    Reachability,

    /// <summary>Facts of the cluster: its network plugin, its nodes, its version.</summary>
    Cluster,
}
