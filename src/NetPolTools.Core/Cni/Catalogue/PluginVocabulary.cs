using System.Collections.Frozen;
using System.Collections.Immutable;
using NetPolTools.Objects;
using NetPolTools.Text;

namespace NetPolTools.Cni.Catalogue;

/// <summary>The names that the catalogue asks about: what reading keeps of an input for telling the plugin, and nothing more.</summary>
internal sealed class PluginVocabulary
{
    private readonly FrozenSet<string> _namespaces;
    private readonly FrozenDictionary<string, FrozenSet<string>> _names;
    private readonly FrozenDictionary<string, FrozenSet<string>> _values;
    private readonly FrozenSet<string> _kindsWithoutNames;
    private readonly FrozenSet<string> _workloads;
    private readonly ImmutableArray<string> _images;
    private readonly FrozenSet<string> _variables;
    private readonly ImmutableArray<string> _arguments;

    public PluginVocabulary(IEnumerable<CatalogueEntry> entries)
    {
        var signs = entries.SelectMany(SignsOf).Append(VersionOfKubelet).ToArray();
        var ofWorkloads = signs.Where(static sign => sign.Kind is "DaemonSet" or "Deployment").ToArray();
        _namespaces = ofWorkloads.SelectMany(static sign => sign.Namespaces).ToFrozenSet();
        _workloads = ofWorkloads.SelectMany(static sign => sign.Names).ToFrozenSet();
        _names = ByKind(signs, static sign => sign.Names);
        _kindsWithoutNames = signs.Where(static sign => sign.Names.Count == 0).Select(static sign => sign.Kind).ToFrozenSet();
        _values = ByKind(signs, static sign => sign.Values.Keys);
        _images = [.. ofWorkloads.SelectMany(static sign => sign.Images).Distinct()];
        _variables = ofWorkloads.SelectMany(static sign => sign.Env.Keys).ToFrozenSet();
        _arguments = [.. ofWorkloads.SelectMany(static sign => sign.Arguments).Select(static argument => argument.TrimStart('!')).Distinct()];
    }

    /// <summary>Versions of plugins that are built into Kubernetes distributions are those of the kubelet.</summary>
    private static PluginSign VersionOfKubelet => new()
    {
        Kind = Node.KindName,
        Values = new Dictionary<string, string> { [PluginTrace.KubeletVersion] = "*" },
    };

    /// <summary>The names by which objects of a kind are asked about, in ordinal order.</summary>
    public IEnumerable<string> NamesOf(string kind) =>
        _names.TryGetValue(kind, out var names) ? names.Order(StringComparer.Ordinal) : [];

    /// <summary>Whether plugins run pods in a namespace.</summary>
    public bool KnowsNamespace(string ns) => _namespaces.Contains(ns);

    public bool Knows(string kind, string name) =>
        _kindsWithoutNames.Contains(kind) || (_names.TryGetValue(kind, out var names) && names.Contains(name));

    public bool KnowsValue(string kind, string key) => _values.TryGetValue(kind, out var values)
        && (values.Contains(key) || values.Any(value => value.Contains('*') && WildcardNames.Match(value, key)));

    /// <summary>Whether a field that is asked about lies below a path.</summary>
    public bool KnowsValueBelow(string kind, string path) =>
        _values.TryGetValue(kind, out var values) && values.Any(value => value.StartsWith(path + ".", StringComparison.Ordinal));

    /// <summary>By the name of a workload, or an image of its containers.</summary>
    public bool KnowsWorkload(string? name, IReadOnlyList<PluginContainer> containers) => (name is not null && _workloads.Contains(name))
        || containers.Any(container => _images.Any(image => ImagePattern.Matches(image, container.Image)));

    public bool KnowsVariable(string name) => _variables.Contains(name);

    public bool KnowsArgument(string argument) => _arguments.Any(pattern => WildcardNames.Match(pattern, argument));

    private static FrozenDictionary<string, FrozenSet<string>> ByKind(PluginSign[] signs, Func<PluginSign, IEnumerable<string>> texts) => signs
        .GroupBy(static sign => sign.Kind)
        .ToFrozenDictionary(static same => same.Key, same => same.SelectMany(texts).ToFrozenSet());

    private static IEnumerable<PluginSign> SignsOf(CatalogueEntry entry) => entry.Signs.Select(static sign => sign.Sign)
        .Concat(entry.EnforcesOnlyWhen
            .Concat(entry.Settings)
            .Concat(entry.Rules.SelectMany(static rule => rule.When))
            .Concat(entry.Limits.SelectMany(static limit => limit.When.Concat(limit.Unless)))
            .Select(static clause => clause.Sign)
            .OfType<PluginSign>());
}
