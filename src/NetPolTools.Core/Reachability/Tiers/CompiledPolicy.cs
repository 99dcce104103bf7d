using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using NetPolTools.Policies;
using NetPolTools.Sets;

namespace NetPolTools.Reachability;

/// <summary>A policy in one direction with everything it names looked up.</summary>
/// <param name="Policy">As translated.</param>
/// <param name="Unmatched">What it wants for what its tier does not match.</param>
/// <param name="Subjects">Whom it is about.</param>
/// <param name="Rules">In order.</param>
internal sealed record CompiledPolicy(TieredPolicy Policy, Unmatched Unmatched, EndpointMatch Subjects, ImmutableArray<CompiledRule> Rules)
{
    /// <summary>The action of all its rules; null where they have different ones.</summary>
    public RuleAction? OnlyAction { get; } = ActionOf(Rules);

    /// <summary>Whether it means something else for subjects on other nodes.</summary>
    public bool GoesByNode { get; } = Rules.Any(static rule => rule.GoesByNode);

    /// <summary>Whether some of its rules are about some of its subjects alone.</summary>
    public bool IsLimited => Rules.Any(static rule => rule.Rule.Only is not null);

    /// <summary>Whether it is known of every endpoint and port whether each of its rules matches.</summary>
    public bool LeavesNoDoubt => Subjects.IsExact && Rules.All(static rule => rule.LeavesNoDoubt);

    /// <summary>A NetworkPolicy: a rule that only may match is taken not to, but for what the API leaves open.</summary>
    /// <param name="compiler">That made it.</param>
    /// <param name="traffic">What is left open.</param>
    public CompiledPolicy WithoutDoubt(TieredPolicyCompiler compiler, TrafficScope traffic) => this with
    {
        Subjects = new EndpointMatch(Subjects.Must),
        Rules =
        [
            .. traffic.LeftOpen.IsEmpty ? [] : new[] { compiler.Compile(OpenIcmp.Rule) },
            .. Rules.Select(rule => rule with
            {
                Peers = new EndpointMatch(rule.Peers.Must),
                Pieces = [.. rule.Pieces.Select(
                    piece => new RulePiece(new EndpointMatch(piece.Peers.Must), new PortMatch(piece.Ports.Must.Except(traffic.LeftOpen))))],
            }),
        ],
    };

    /// <summary>Whether it only allows, or says nothing at all, so that its place among others that only allow means nothing.</summary>
    public bool OnlyAllows => Rules.IsEmpty || OnlyAction == RuleAction.Allow;

    private static RuleAction? ActionOf(ImmutableArray<CompiledRule> rules)
    {
        if (rules.IsEmpty)
            return null;
        foreach (var rule in rules)
        {
            if (rule.Rule.Action != rules[0].Rule.Action)
                return null;
        }

        return rules[0].Rule.Action;
    }
}

/// <summary>A rule with everything it names looked up.</summary>
/// <param name="Rule">As translated.</param>
/// <param name="Only">Of the policy's subjects those it is about.</param>
/// <param name="EachPeer">Who matches each of its peers; equal ones once.</param>
/// <param name="Grants">
/// What it matches, as pieces that may overlap where all have the same ports. Empty where names of ports are to be looked up on the subject.
/// </param>
/// <param name="SubjectNames">Port names to be looked up on the subject: of ingress rules.</param>
internal sealed record CompiledRule(
    TrafficRule Rule,
    EndpointMatch Only,
    ImmutableArray<EndpointMatch> EachPeer,
    ImmutableArray<RulePiece> Grants,
    ImmutableArray<(string Name, Protocol Protocol)> SubjectNames)
{
    // Made when first asked for: thousands of rules have the same large peers, and each a union of its own.
    private StrongBox<EndpointMatch>? _peers;
    private ImmutableArray<RulePiece> _pieces;

    /// <summary>Who matches any of its peers.</summary>
    public EndpointMatch Peers
    {
        get => (_peers ??= new StrongBox<EndpointMatch>(EndpointMatch.UnionOf(EachPeer))).Value;
        init => _peers = new StrongBox<EndpointMatch>(value);
    }

    /// <summary>What it matches, as disjoint pieces, so that their order means nothing; empty as <see cref="Grants"/>.</summary>
    public ImmutableArray<RulePiece> Pieces
    {
        get => !_pieces.IsDefault ? _pieces : Grants.Length < 2 || IsCutByNames ? Grants : _pieces = [new RulePiece(Peers, Grants[0].Ports)];
        init => _pieces = value;
    }

    /// <summary>By the rule's peers, where in <see cref="EachPeer"/> theirs is; null where none stands for two.</summary>
    public int[]? PlacesOfPeers { get; init; }

    /// <summary>Whether the pieces of its peers have different ports, by what its port names mean on them.</summary>
    public bool IsCutByNames { get; init; }

    /// <summary>Whether its peers differ with the node that runs the subject; then they are what they are on no known node.</summary>
    public bool GoesByNode { get; } = Rule.Peers.Any(static peer => TermContent.GoesByOwnNode(peer.Term));

    /// <summary>Whether it is known of every endpoint and port whether it matches: not with names to be looked up on the subject.</summary>
    public bool LeavesNoDoubt => !GoesByNode && SubjectNames.IsEmpty && Only.IsExact && GrantsAreExact;

    /// <summary>Whether nothing of <see cref="Grants"/> is in doubt.</summary>
    public bool GrantsAreExact => Grants.All(static piece => piece.Peers.IsExact && piece.Ports.IsExact);

    /// <summary>Who matches one of the rule's peers, by its number.</summary>
    public EndpointMatch PeerAt(int number) => EachPeer[PlacesOfPeers?[number] ?? number];

    /// <summary>The same of <see cref="EachPeer"/>.</summary>
    public bool PeersAreExact => EachPeer.All(static peers => peers.IsExact);
}

/// <summary>Some peers of a rule, and the ports that it matches with them.</summary>
internal readonly record struct RulePiece(EndpointMatch Peers, PortMatch Ports);
