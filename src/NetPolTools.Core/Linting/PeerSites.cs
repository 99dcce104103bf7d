using System.Collections;

namespace NetPolTools.Linting;

/// <summary>Every peer of some rules, one after the other; a loop over them makes nothing.</summary>
/// <param name="rules">In order.</param>
internal readonly struct PeerSites(RuleSite[] rules) : IEnumerable<PeerSite>
{
    public Enumerator GetEnumerator() => new(rules);

    IEnumerator<PeerSite> IEnumerable<PeerSite>.GetEnumerator() => GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <param name="rules">In order.</param>
    public struct Enumerator(RuleSite[] rules) : IEnumerator<PeerSite>
    {
        private int _rule;
        private int _peer = -1;

        public readonly PeerSite Current => rules[_rule].Peer(_peer);

        readonly object IEnumerator.Current => Current;

        public bool MoveNext()
        {
            for (_peer++; _rule < rules.Length; _rule++, _peer = 0)
            {
                if (_peer < rules[_rule].Rule.Peers?.Count)
                    return true;
            }

            return false;
        }

        public void Reset() => (_rule, _peer) = (0, -1);

        public readonly void Dispose()
        {
        }
    }
}
