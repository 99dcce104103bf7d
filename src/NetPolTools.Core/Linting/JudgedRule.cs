using NetPolTools.Objects;
using NetPolTools.Text;

namespace NetPolTools.Linting;

/// <summary>A rule while it is found out which rules are of no use.</summary>
internal sealed class JudgedRule
{
    private const int MostNames = 3;

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

    /// <summary>Rules because of which others may go, as sentences name them; those of the policy itself by their paths alone.</summary>
    public static string NamesOf(IReadOnlyList<JudgedRule> rules, NetworkPolicy of) => rules is [var only]
        ? only.NameIn(of)
        : Wording.List([.. rules.Take(MostNames).Select(rule => rule.NameIn(of))], MostNames, rules.Count);

    /// <summary>Where the first of them stand.</summary>
    public static IReadOnlyList<LintPlace> PlacesOf(IReadOnlyList<JudgedRule> rules) =>
        rules is [var only] ? only.Places : [.. rules.Take(MostNames).SelectMany(static rule => rule.Places)];

    /// <summary>Where it stands. Thousands may go because of one rule: it is told once for all of them.</summary>
    private LintPlace[] Places => _places ??= [new LintPlace(Policy.Policy.Reference, Site.Path, Site.Rule.Location)];

    /// <inheritdoc cref="Places"/>
    private string NameIn(NetworkPolicy policy) => policy == Policy.Policy ? Site.Path : _name ??= $"{Policy.Policy.Reference} {Site.Path}";
}
