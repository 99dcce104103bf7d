using NetPolTools.Sets;

namespace NetPolTools.Reachability;

/// <summary>What policies that only allow allow together; put into tables when somebody asks for it. Thread safe.</summary>
internal sealed class AdditiveGrants
{
    private readonly RulePiece[] _pieces;
    private GrantTable? _sure;
    private GrantTable? _possible;

    /// <param name="pieces">What each of their rules matches.</param>
    public AdditiveGrants(IEnumerable<RulePiece> pieces)
    {
        _pieces = [.. pieces];
        IsSure = Array.TrueForAll(_pieces, static piece => piece.Peers.IsExact && piece.Ports.IsExact);
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
        Grant[] grants = [.. _pieces.Select(part).Where(static grant => !grant.Peers.IsEmpty && !grant.Ports.IsEmpty)];
        return GrantTable.Create(grants, new PortSetPool());
    }
}
