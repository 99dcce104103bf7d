namespace NetPolTools.Linting;

/// <summary>A rule while it is found out which rules are of no use.</summary>
internal sealed class JudgedRule
{
    public JudgedRule(JudgedPolicy policy, RuleSite site, PeerTerms terms)
    {
        Policy = policy;
        Site = site;
        var peers = new RulePeerTerms[site.Rule.Peers?.Count ?? 0];
        for (var i = 0; i < peers.Length; i++)
            peers[i] = terms.Of(site.Peer(i));
        Peers = peers;
        var ports = new PortRange[site.Rule.Ports?.Count ?? 0];
        for (var i = 0; i < ports.Length; i++)
            ports[i] = PortRange.Of(site.Rule.Ports![i]);
        Ports = ports;
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
