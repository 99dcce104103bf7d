using NetPolTools.Diagnostics;
using NetPolTools.Objects;
using NetPolTools.Text;

namespace NetPolTools.Linting;

/// <summary>One thing to look for. Rules hold no state; the catalogue has all of them.</summary>
public abstract class LintRule
{
    /// <param name="id"><c>NP026</c>; it never changes its meaning.</param>
    /// <param name="name">In lower case with dashes.</param>
    /// <param name="severity">Unless the case at hand says otherwise.</param>
    /// <param name="needs">What it looks at.</param>
    private protected LintRule(string id, string name, LintSeverity severity, LintNeeds needs)
    {
        Id = id;
        Name = name;
        Severity = severity;
        Needs = needs;
    }

    public string Id { get; }

    public string Name { get; }

    public LintSeverity Severity { get; }

    public LintNeeds Needs { get; }

    /// <summary>What the rule finds, in one sentence.</summary>
    public abstract string Description { get; }

    /// <summary>Why that matters, and when it is fine.</summary>
    public abstract string Why { get; }

    /// <summary>Manifests that make the rule speak.</summary>
    public abstract string Trouble { get; }

    /// <summary>The same, mended: the rule is silent.</summary>
    public abstract string Cure { get; }

    /// <summary>Whether the rule only speaks where somebody asks for it by name.</summary>
    public virtual bool IsOptIn => false;

    /// <summary>Of which kinds the input must hold all that there are; on other inputs the rule is silent.</summary>
    public virtual LintCompleteness Expects => LintCompleteness.None;

    /// <summary>When it is asked, of those that are asked at the same time; what is found stands in the order of the catalogue.</summary>
    internal virtual LintTurn Turn => LintTurn.Any;

    /// <summary>The objects to be named, in the order of the input.</summary>
    internal abstract IEnumerable<LintFinding> Check(LintContext context);

    /// <summary><c>NP026 open-ingress</c>.</summary>
    public override string ToString() => $"{Id} {Name}";

    private protected LintFinding Find(KubernetesObject about, string message, string? path = null, SourceLocation location = default) =>
        new(this, Severity, about.Reference, message) { FieldPath = path, Location = location.IsKnown ? location : about.Location };

    private protected LintFinding Find(WorkloadSite site, string message) => new(this, Severity, site.Owner, message) { Location = site.Location };

    /// <summary>With all that it has: some rules find something about every policy or workload of a fleet, and a copy of each costs.</summary>
    private protected LintFinding Find(WorkloadSite site, string message, IReadOnlyList<LintPlace> related, IReadOnlyList<LintCorrection> corrections) =>
        new(this, Severity, site.Owner, message) { Location = site.Location, Related = related, Corrections = corrections };

    /// <inheritdoc cref="Find(WorkloadSite, string, IReadOnlyList{LintPlace}, IReadOnlyList{LintCorrection})"/>
    private protected LintFinding Find(NetworkPolicy policy, string message, IReadOnlyList<LintPlace> related, IReadOnlyList<LintCorrection> corrections) =>
        new(this, Severity, policy.Reference, message) { Location = policy.Location, Related = related, Corrections = corrections };

    /// <inheritdoc cref="Find(WorkloadSite, string, IReadOnlyList{LintPlace}, IReadOnlyList{LintCorrection})"/>
    private protected LintFinding Find(RuleSite site, string message, IReadOnlyList<LintPlace> related, IReadOnlyList<LintCorrection> corrections) =>
        new(this, Severity, site.Policy.Reference, message)
        {
            FieldPath = site.Path,
            Location = site.Rule.Location.IsKnown ? site.Rule.Location : site.Policy.Location,
            Related = related,
            Corrections = corrections,
        };

    /// <inheritdoc cref="Find(WorkloadSite, string, IReadOnlyList{LintPlace}, IReadOnlyList{LintCorrection})"/>
    private protected LintFinding Find(PeerSite site, string message, IReadOnlyList<LintPlace> related, IReadOnlyList<LintCorrection> corrections) =>
        new(this, Severity, site.Rule.Policy.Reference, message)
        {
            FieldPath = site.Path,
            Location = site.Peer.Location.IsKnown ? site.Peer.Location : site.Rule.Policy.Location,
            Related = related,
            Corrections = corrections,
        };

    private protected LintFinding Find(Diagnostic diagnostic) => new(this, Severity, diagnostic.Object, diagnostic.Message)
    {
        FieldPath = string.IsNullOrEmpty(diagnostic.FieldPath) ? null : diagnostic.FieldPath,
        Location = diagnostic.Location,
    };

    private protected LintFinding Find(PolicyPlace place, string message) => Find(place.Policy, message, place.Path, place.Location);

    private protected LintFinding Find(RuleSite site, string message) => Find(site.Policy, message, site.Path, site.Rule.Location);

    private protected LintFinding Find(PeerSite site, string message) => Find(site.Rule.Policy, message, site.Path, site.Peer.Location);

    private protected LintFinding Find(PortSite site, string message) => Find(site.Rule.Policy, message, site.Path, site.Port.Location);
}
