namespace NetPolTools.Live;

/// <summary>A kind of objects to read from a cluster, and what an answer is worth without it.</summary>
/// <param name="Group">The API group; empty for the core group.</param>
/// <param name="Resource">The plural that the API's paths have, such as <c>pods</c>.</param>
/// <param name="Versions">Those that we read, the preferred one first.</param>
public sealed record ClusterKind(string Group, string Resource, params string[] Versions)
{
    /// <summary>What an answer lacks where the user may not list the kind, as a sentence.</summary>
    public string Lack { get; init; } = "";

    public KindNeed Need { get; init; }

    /// <summary>What is read instead where the server does not have this kind, or does not let the user list it.</summary>
    public ClusterKind? Substitute { get; init; }

    /// <summary>What objects of it say that they are; null where <see cref="Resource"/> is the plural of that by rule.</summary>
    public string? Type { get; init; }

    /// <summary>Whether its objects are in namespaces.</summary>
    public bool IsNamespaced { get; init; } = true;

    /// <summary>Only objects of this namespace, or only this namespace; null for all.</summary>
    public string? Namespace { get; init; }

    /// <summary>Only objects of these names, in any namespace; empty for all.</summary>
    public IReadOnlyList<string> Names { get; init; } = [];

    /// <summary><c>pods</c>, or <c>deployments.apps</c>: as kubectl takes it.</summary>
    public string Name => Group.Length == 0 ? Resource : $"{Resource}.{Group}";

    /// <summary>Whether one object is asked for and not a list: a namespace by its name.</summary>
    internal bool IsOneObject => Namespace is not null && !IsNamespaced;

    /// <summary>Whether there is no cluster without it, so that a server that does not have it is none, or is asked at a wrong path.</summary>
    internal bool IsEverywhere => (Need is KindNeed.NamespaceLabels or KindNeed.Essential) && Namespace is null;

    /// <summary>
    /// Whether objects of this type are those that the kind's path leads to. The API's plurals are made of the names of its types by rule; the machinery of
    /// Kubernetes goes by the same one where it has to guess.
    /// </summary>
    public bool Covers(string apiVersion, string type) =>
        Versions.Any(version => apiVersion == (Group.Length == 0 ? version : $"{Group}/{version}")) && (Type ?? type) == type
            && (Type is not null || PluralOf(type) == Resource);

    /// <summary>The same in one namespace alone.</summary>
    public ClusterKind In(string ns) => this with { Namespace = ns, Substitute = Substitute?.In(ns) };

    /// <summary>Where it is listed in the API.</summary>
    /// <param name="version">One of <see cref="Versions"/>.</param>
    internal string PathOf(string version) => (Namespace, IsNamespaced) switch
    {
        (null, _) => $"{RootOf(version)}/{Resource}",
        (_, true) => $"{RootOf(version)}/namespaces/{Namespace}/{Resource}",
        (_, false) => $"{RootOf(version)}/{Resource}/{Namespace}",
    };

    /// <summary>What the API says of all kinds of the group's version.</summary>
    internal string RootOf(string version) => Group.Length == 0 ? $"/api/{version}" : $"/apis/{Group}/{version}";

    public override string ToString() => Name;

    private static string PluralOf(string type)
    {
        var name = type.ToLowerInvariant();
        return name == "endpoints" ? name
            : name.EndsWith('s') ? name + "es"
            : name.EndsWith('y') ? name[..^1] + "ies"
            : name + "s";
    }
}

/// <summary>What becomes of an answer without a kind.</summary>
public enum KindNeed
{
    /// <summary>It stands, and lacks something.</summary>
    Helpful,

    /// <summary>It may be wrong where a policy names labels of namespaces.</summary>
    NamespaceLabels,

    /// <summary>It stands, and lacks something where there are policies of an API that knows service accounts.</summary>
    ServiceAccountLabels,

    /// <summary>It would be wrong.</summary>
    Essential,
}
