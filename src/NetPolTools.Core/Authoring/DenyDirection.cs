namespace NetPolTools.Authoring;

/// <summary>Which directions of traffic a policy closes.</summary>
public enum DenyDirection
{
    Both,
    Ingress,
    Egress,
}
