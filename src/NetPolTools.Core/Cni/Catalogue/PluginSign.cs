using NetPolTools.Objects;
using NetPolTools.Text;

namespace NetPolTools.Cni.Catalogue;

/// <summary>
/// What an object looks like that identifies a plugin: everything that is given must hold. Texts may hold <c>*</c> and <c>?</c>; one that begins with
/// <c>!</c> stands for any other value, not for an absent one.
/// </summary>
public sealed record PluginSign
{
    /// <summary>A kind of <see cref="PluginTrace"/>.</summary>
    public required string Kind { get; init; }

    /// <summary>Any of these; empty for every one.</summary>
    public IReadOnlyList<string> Namespaces { get; init; } = [];

    /// <inheritdoc cref="Namespaces"/>
    public IReadOnlyList<string> Names { get; init; } = [];

    /// <summary>Of the object, or of a workload's pods.</summary>
    public IReadOnlyDictionary<string, string> Labels { get; init; } = new Dictionary<string, string>();

    /// <summary>Annotations of a Node, data of a ConfigMap by key, fields of other kinds by path. Keys may hold wildcards.</summary>
    public IReadOnlyDictionary<string, string> Values { get; init; } = new Dictionary<string, string>();

    /// <summary>The name of a container; it, its image, variables and arguments must be those of one container.</summary>
    public string? Container { get; init; }

    /// <summary>Any of these, by the end of the image's path, without tag.</summary>
    public IReadOnlyList<string> Images { get; init; } = [];

    public IReadOnlyDictionary<string, string> Env { get; init; } = new Dictionary<string, string>();

    /// <summary>All of these, each as one argument.</summary>
    public IReadOnlyList<string> Arguments { get; init; } = [];

    /// <summary>A hint goes along with other evidence and proves nothing alone: leftovers, conditions that many write.</summary>
    public bool IsHint { get; init; }

    public bool AsksForContainer => Container is not null || Images.Count > 0 || Env.Count > 0 || Arguments.Count > 0;

    /// <summary>Whether it means this object at all, by kind, namespace and name.</summary>
    public bool SpeaksOf(PluginTrace trace) => trace.Kind == Kind
        && (Names.Count == 0 || Names.Any(name => WildcardNames.Match(name, trace.Name)))
        && (Namespaces.Count == 0 || Namespaces.Any(ns => WildcardNames.Match(ns, trace.Metadata.Namespace ?? "")));

    public bool Matches(PluginTrace trace) => SpeaksOf(trace)
        && Labels.All(label => trace.Metadata.Labels.TryGet(label.Key, out var value) && MatchesText(label.Value, value))
        && Values.All(wanted => trace.Values.Any(value => WildcardNames.Match(wanted.Key, value.Key) && MatchesText(wanted.Value, value.Value)))
        && (!AsksForContainer || trace.Containers.Any(Matches));

    private bool Matches(PluginContainer container) =>
        (Container is null || WildcardNames.Match(Container, container.Name))
        && (Images.Count == 0 || Images.Any(image => ImagePattern.Matches(image, container.Image)))
        && Env.All(wanted => container.Env.TryGetValue(wanted.Key, out var value) && MatchesText(wanted.Value, value))
        && Arguments.All(wanted => container.Arguments.Any(argument => MatchesText(wanted, argument)));

    private static bool MatchesText(string pattern, string text) =>
        pattern.StartsWith('!') ? !WildcardNames.Match(pattern[1..], text) : WildcardNames.Match(pattern, text);
}
