namespace NetPolTools.Linting;

/// <summary>A rule while it is found out which rules are of no use.</summary>
internal sealed class JudgedRule
{
    public JudgedRule(JudgedPolicy policy, RuleSite site, PeerTerms terms)
    {
        Policy = policy;
        Site = site;
        Peers = [.. site.Peers().Select(terms.Of)];
        Ports = [.. site.Ports().Select(static port => PortRange.Of(port.Port))];
    }

    public JudgedPolicy Policy { get; }

    public RuleSite Site { get; }

    /// <summary>None where it is for everyone.</summary>
    public IReadOnlyList<RulePeerTerms> Peers { get; }

    /// <summary>None where it is for all traffic.</summary>
    public IReadOnlyList<PortRange> Ports { get; }

    /// <summary>Whether it is of no use itself.</summary>
    public bool IsRedundant { get; set; }

    /// <summary>Whether it is there to make others of no use.</summary>
    public bool Stays => !IsRedundant && !Policy.IsRedundant;
}
