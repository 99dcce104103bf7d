namespace NetPolTools.Cni.Catalogue;

/// <summary>Whether NetworkPolicies have an effect.</summary>
public enum Enforcement
{
    /// <summary>The input does not tell.</summary>
    Unknown,

    /// <summary>Policies are stored and ignored.</summary>
    No,

    /// <summary>On some nodes only.</summary>
    Partly,

    Yes,
}
