namespace NetPolTools.Sets;

/// <summary>The protocols NetworkPolicy speaks of. ICMP and others are outside it.</summary>
public enum Protocol
{
    TCP,
    UDP,
    SCTP,
}
