namespace NetPolTools.Input;

/// <summary>By what a cluster is read.</summary>
public enum ClusterTransport
{
    /// <summary>By kubectl where there is one, else by the module's own client: kubectl knows every login.</summary>
    Auto,

    /// <summary>By kubectl.</summary>
    Kubectl,

    /// <summary>By the module's own client.</summary>
    Client,
}
