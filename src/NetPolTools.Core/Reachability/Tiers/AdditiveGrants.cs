using NetPolTools.Sets;

namespace NetPolTools.Reachability;

/// <summary>What policies that only allow allow a subject together; put into tables when somebody asks for it. Thread safe.</summary>
internal sealed class AdditiveGrants
{
    private readonly TieredPolicyCompiler _compiler;
    private readonly CompiledPolicy[] _policies;
    private readonly int _subject;
    private GrantTable? _sure;
    private GrantTable? _possible;

    /// <param name="compiler">Looks up names.</param>
    /// <param name="policies">Of the subject, or some of them.</param>
    /// <param name="subject">Names of ports are looked up on it.</param>
    public AdditiveGrants(TieredPolicyCompiler compiler, CompiledPolicy[] policies, int subject)
    {
        (_compiler, _policies, _subject) = (compiler, policies, subject);
        IsSure = true;
        foreach (var policy in policies)
        {
            foreach (var rule in policy.Rules)
                IsSure &= rule.SubjectNames.IsEmpty ? rule.GrantsAreExact : rule.PeersAreExact && compiler.PortsOn(subject, rule).IsExact;
        }
    }

    /// <summary>Whether all that may be allowed is allowed for sure.</summary>
    public bool IsSure { get; }

    /// <summary>Allowed for sure.</summary>
    public GrantTable Sure =>
        LazyInitializer.EnsureInitialized(ref _sure, () => Table(static piece => new Grant(piece.Ports.Must, piece.Peers.Must)));

    /// <summary>The same with what may be allowed; the same object where all is sure.</summary>
    public GrantTable Possible => IsSure
        ? Sure
        : LazyInitializer.EnsureInitialized(ref _possible, () => Table(static piece => new Grant(piece.Ports.May, piece.Peers.May)));

    private GrantTable Table(Func<RulePiece, Grant> part)
    {
        Grant[] grants =
        [
            .. _policies.SelectMany(static policy => policy.Rules).SelectMany(Pieces).Select(part)
                .Where(static grant => !grant.Peers.IsEmpty && !grant.Ports.IsEmpty),
        ];
        return GrantTable.Create(grants, new PortSetPool());
    }

    /// <summary>What a rule matches.</summary>
    private IEnumerable<RulePiece> Pieces(CompiledRule rule)
    {
        if (rule.SubjectNames.IsEmpty)
            return rule.Grants;
        var ports = _compiler.PortsOn(_subject, rule);
        return rule.EachPeer.Select(peers => new RulePiece(peers, ports));
    }
}
