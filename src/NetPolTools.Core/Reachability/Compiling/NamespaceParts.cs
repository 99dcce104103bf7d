using NetPolTools.Objects;
using NetPolTools.Sets;

namespace NetPolTools.Reachability;

/// <summary>
/// Policies by namespace, cut into parts of about as many policies each. A policy isolates pods of its namespace alone, so parts have little to do with
/// each other.
/// </summary>
internal sealed class NamespaceParts
{
    private const int FewestPolicies = 512;

    private readonly GroupedArray<int> _byNamespace;
    private readonly int[] _bounds;

    /// <param name="policies">Of a snapshot.</param>
    /// <param name="namespaceOf">The position of a namespace.</param>
    /// <param name="namespaceCount">How many there are.</param>
    public NamespaceParts(IReadOnlyList<NetworkPolicy> policies, Func<string, int> namespaceOf, int namespaceCount)
    {
        var namespaces = new int[policies.Count];
        for (var i = 0; i < namespaces.Length; i++)
            namespaces[i] = namespaceOf(policies[i].Metadata.Namespace!);
        _byNamespace = new GroupedArray<int>(namespaceCount);
        foreach (var pass in _byNamespace.Filling)
        {
            for (var i = 0; i < namespaces.Length; i++)
                pass.Add(namespaces[i], i);
        }

        var targets = ParallelParts.Bounds(policies.Count, FewestPolicies);
        _bounds = new int[targets.Length];
        for (var part = 1; part < _bounds.Length; part++)
        {
            for (_bounds[part] = _bounds[part - 1]; _bounds[part] < namespaceCount && _byNamespace.StartOf(_bounds[part]) < targets[part];)
                _bounds[part]++;
        }

        _bounds[^1] = namespaceCount;
    }

    public int Count => _bounds.Length - 1;

    /// <summary>The positions of the namespaces of a part: from Start up to, but not including, End.</summary>
    public (int Start, int End) Namespaces(int part) => (_bounds[part], _bounds[part + 1]);

    /// <summary>The positions of the policies of a namespace, in the order of the snapshot.</summary>
    public ReadOnlySpan<int> PoliciesOf(int ns) => _byNamespace[ns];
}
