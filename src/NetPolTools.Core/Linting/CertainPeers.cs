using NetPolTools.Sets;

namespace NetPolTools.Linting;

/// <summary>
/// The endpoints that peers stand for, those in blocks alone left out. More than one rule goes through all peers of a fleet, and the second finds what the
/// first looked up. Thread safe.
/// </summary>
internal sealed class CertainPeers
{
    private readonly LintContext _context;
    private readonly int[] _starts;
    private readonly IndexSet?[] _known;

    public CertainPeers(LintContext context)
    {
        _context = context;
        var rules = context.Rules();
        _starts = new int[rules.Count];
        var count = 0;
        for (var i = 0; i < _starts.Length; i++)
        {
            _starts[i] = count;
            count += rules[i].Rule.Peers?.Count ?? 0;
        }

        _known = new IndexSet?[count];
    }

    /// <param name="rule">Its number among <see cref="LintContext.Rules"/>.</param>
    /// <param name="peer">Which of its peers.</param>
    public IndexSet Of(int rule, int peer)
    {
        ref var known = ref _known[_starts[rule] + peer];
        if (Volatile.Read(ref known) is { } found)
            return found;

        // Threads that look at the same time find the same.
        found = _context.PeerOf(_context.Rules()[rule].Peer(peer)).Certain;
        Volatile.Write(ref known, found);
        return found;
    }
}
