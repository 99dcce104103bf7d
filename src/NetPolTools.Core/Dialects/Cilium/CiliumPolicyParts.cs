using System.Collections;

namespace NetPolTools.Dialects.Cilium;

/// <summary>The rules of a policy, each with its path: <c>spec</c>, <c>specs[0]</c>.</summary>
/// <param name="Policy">That has them.</param>
/// <remarks>Gone through several times for every policy, nearly all of which have one rule: to do so makes no object.</remarks>
public readonly record struct CiliumPolicyParts(CiliumPolicy Policy) : IEnumerable<(string Path, CiliumRule Rule)>
{
    public Enumerator GetEnumerator() => new(Policy);

    IEnumerator<(string Path, CiliumRule Rule)> IEnumerable<(string Path, CiliumRule Rule)>.GetEnumerator() => GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>Goes through the rules.</summary>
    public struct Enumerator : IEnumerator<(string Path, CiliumRule Rule)>
    {
        private readonly CiliumPolicy _policy;
        private int _next;

        internal Enumerator(CiliumPolicy policy)
        {
            _policy = policy;
            Reset();
        }

        public (string Path, CiliumRule Rule) Current { get; private set; }

        readonly object IEnumerator.Current => Current;

        public bool MoveNext()
        {
            if (_next < 0)
            {
                _next = 0;
                Current = ("spec", _policy.Spec!);
                return true;
            }

            if (_policy.Specs is not { } specs || _next >= specs.Count)
                return false;
            Current = ($"specs[{_next}]", specs[_next]);
            _next++;
            return true;
        }

        public void Reset() => _next = _policy.Spec is null ? 0 : -1;

        public readonly void Dispose()
        {
        }
    }
}
