using System.Collections.Frozen;
using System.Collections.Immutable;

namespace NetPolTools.Reading;

/// <summary>The kinds that a binder reads; objects of all others are skipped. Immutable.</summary>
public sealed class ObjectKinds
{
    private readonly ImmutableArray<ObjectKind> _kinds;
    private readonly FrozenDictionary<(string Group, string Kind), ObjectKind> _byName;
    private readonly FrozenSet<string> _groups;

    /// <param name="kinds">Read by group, kind and version.</param>
    /// <param name="ofAnyVersion">Read in any version, and never taken for what a misspelt kind was meant to be.</param>
    internal ObjectKinds(ImmutableArray<ObjectKind> kinds, ImmutableArray<ObjectKind> ofAnyVersion)
    {
        _kinds = kinds;
        _byName = kinds.Concat(ofAnyVersion).ToFrozenDictionary(static kind => (kind.Group, kind.Kind));
        _groups = kinds.Select(static kind => kind.Group).ToFrozenSet();
    }

    /// <summary>
    /// The kind, whatever the version; null for one that is not read. The groups of our kinds hold no kinds of other people, so one of our kinds in
    /// the wrong one of them, or in the wrong case, is a slip and not another kind.
    /// </summary>
    internal ObjectKind? Find(string apiVersion, string kind, out bool knownVersion)
    {
        var slash = apiVersion.IndexOf('/');
        var group = slash < 0 ? "" : apiVersion[..slash];
        if (_byName.TryGetValue((group, kind), out var found))
        {
            knownVersion = found.Versions.Length == 0 || found.Versions.Contains(apiVersion[(slash + 1)..]);
            return found;
        }

        knownVersion = false;
        return _groups.Contains(group) ? FindInAnyCase(kind) : null;
    }

    private ObjectKind? FindInAnyCase(string kind) => _kinds.FirstOrDefault(known => string.Equals(known.Kind, kind, StringComparison.OrdinalIgnoreCase));
}
