using NetPolTools.Objects;

namespace NetPolTools.Linting;

/// <summary>A rule while it is found out which rules are of no use.</summary>
internal sealed class JudgedRule
{
    private string? _name;
    private LintPlace[]? _places;

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

    /// <summary>Where the first of some rules stand, because of which others may go.</summary>
    public static IReadOnlyList<LintPlace> PlacesOf(IReadOnlyList<JudgedRule> rules)
    {
        if (rules is [var only])
            return only.Places;
        var places = new LintPlace[Math.Min(rules.Count, RuleNames.Most)];
        for (var i = 0; i < places.Length; i++)
            places[i] = rules[i].Places[0];
        return places;
    }

    /// <summary>As sentences about a policy name it: a rule of that policy itself by its path alone.</summary>
    public string NameIn(NetworkPolicy policy) => ReferenceEquals(policy, Policy.Policy) ? Site.Path : _name ??= $"{Policy.Policy.Reference} {Site.Path}";

    /// <summary>Where it stands. Thousands may go because of one rule: it is told once for all of them.</summary>
    private LintPlace[] Places => _places ??= [new LintPlace(Policy.Policy.Reference, Site.Path, Site.Rule.Location)];
}
