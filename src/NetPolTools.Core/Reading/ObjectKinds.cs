using System.Collections.Frozen;
using System.Collections.Immutable;
using NetPolTools.Objects;

namespace NetPolTools.Reading;

/// <summary>The kinds that a binder reads, and what it makes of all others. Immutable.</summary>
public sealed class ObjectKinds
{
    private readonly ImmutableArray<ObjectKind> _kinds;
    private readonly FrozenDictionary<string, FrozenDictionary<string, ObjectKind>> _byGroup;
    private readonly FrozenSet<string> _groups;
    private readonly IOtherKinds _others;

    /// <param name="kinds">Read by group, kind and version.</param>
    /// <param name="ofAnyVersion">Read in any version, and never taken for what a misspelt kind was meant to be.</param>
    /// <param name="others">Kinds that are not read.</param>
    internal ObjectKinds(ImmutableArray<ObjectKind> kinds, ImmutableArray<ObjectKind> ofAnyVersion, IOtherKinds others)
    {
        _kinds = kinds;
        _others = others;
        _byGroup = kinds.Concat(ofAnyVersion).GroupBy(static kind => kind.Group)
            .ToFrozenDictionary(static same => same.Key, static same => same.ToFrozenDictionary(static kind => kind.Kind));

        // The groups of Kubernetes itself hold no kinds of other people.
        _groups = kinds.Select(static kind => kind.Group).Where(KindSlips.IsOfKubernetes).ToFrozenSet();
    }

    /// <summary>Whether objects of a kind are read as far as they decide traffic.</summary>
    internal bool AreRead(string group, string kind) => _byGroup.TryGetValue(group, out var kinds) && kinds.ContainsKey(kind);

    /// <summary>
    /// The kind, whatever the version. One that is not read is a kind too, of which we only tell that it is there. Where the name is nearly that of one of
    /// ours, it is a slip: then the kind that is meant is given, as in an unknown version.
    /// </summary>
    internal ObjectKind Find(string apiVersion, string kind, out bool knownVersion)
    {
        var slash = apiVersion.IndexOf('/');
        var group = slash < 0 ? "" : apiVersion[..slash];
        knownVersion = true;
        if (_byGroup.TryGetValue(group, out var kinds) && kinds.TryGetValue(kind, out var found))
        {
            knownVersion = found.Versions.Length == 0 || found.Versions.Contains(apiVersion[(slash + 1)..]);
            return found;
        }

        if (_others.Known(apiVersion, group, kind) is { } other)
            return other;
        if ((Meant(group, kind) ?? _others.Meant(group, kind)) is not { } meant)
            return _others.Unknown(apiVersion, group, kind);
        knownVersion = false;
        return meant;
    }

    /// <summary>
    /// Which of our kinds is meant by one that is not there; null for a kind of somebody else. One of our kinds in the wrong group of Kubernetes, or in the
    /// wrong case, is a slip and not another kind.
    /// </summary>
    private ObjectKind? Meant(string group, string kind)
    {
        if (_groups.Contains(group))
        {
            var meant = FindInAnyCase(kind) ?? _kinds.FirstOrDefault(known => known.Group == group && KindSlips.IsNearKind(kind, known.Kind));
            if (meant is not null)
                return meant;
        }

        return KindSlips.IsNetworkPolicy(group, kind) ? FindInAnyCase(NetworkPolicy.KindName) : null;
    }

    private ObjectKind? FindInAnyCase(string kind) => _kinds.FirstOrDefault(known => string.Equals(known.Kind, kind, StringComparison.OrdinalIgnoreCase));
}
