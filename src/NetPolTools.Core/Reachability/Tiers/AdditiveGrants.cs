using NetPolTools.Sets;

namespace NetPolTools.Reachability;

/// <summary>What policies that only allow allow together. Immutable.</summary>
/// <param name="Sure">Allowed for sure.</param>
/// <param name="Possible">The same with what may be allowed; the same object where all is sure.</param>
internal sealed record AdditiveGrants(GrantTable Sure, GrantTable Possible)
{
    /// <summary>Whether all that may be allowed is allowed for sure.</summary>
    public bool IsSure => ReferenceEquals(Sure, Possible);

    public static AdditiveGrants Of(IEnumerable<RulePiece> pieces)
    {
        var (sure, possible) = (new ArrayBuilder<Grant>(), new ArrayBuilder<Grant>());
        var isSure = true;
        foreach (var (peers, ports) in pieces)
        {
            if (!peers.Must.IsEmpty && !ports.Must.IsEmpty)
                sure.Add(new Grant(ports.Must, peers.Must));
            if (!peers.May.IsEmpty && !ports.May.IsEmpty)
                possible.Add(new Grant(ports.May, peers.May));
            isSure &= peers.IsExact && ports.Must.Equals(ports.May);
        }

        var table = GrantTable.Create(sure.Items, new PortSetPool());
        return new AdditiveGrants(table, isSure ? table : GrantTable.Create(possible.Items, new PortSetPool()));
    }
}
