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

    /// <summary>Only objects of these names, in any namespace; empty for all.</summary>
    public IReadOnlyList<string> Names { get; init; } = [];

    /// <summary><c>pods</c>, or <c>deployments.apps</c>: as kubectl takes it.</summary>
    public string Name => Group.Length == 0 ? Resource : $"{Resource}.{Group}";

    public override string ToString() => Name;
}

/// <summary>What becomes of an answer without a kind.</summary>
public enum KindNeed
{
    /// <summary>It stands, and lacks something.</summary>
    Helpful,

    /// <summary>It may be wrong where a policy names labels of namespaces.</summary>
    NamespaceLabels,

    /// <summary>It would be wrong.</summary>
    Essential,
}
