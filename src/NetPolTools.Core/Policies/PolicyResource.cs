using System.Collections.Immutable;

namespace NetPolTools.Policies;

/// <summary>A kind of objects that a policy API has.</summary>
/// <param name="Group">The API group.</param>
/// <param name="Kind">As objects say it.</param>
/// <param name="Plural">As the paths of the API server have it.</param>
/// <param name="IsNamespaced">Whether its objects are in namespaces.</param>
/// <param name="Versions">Those that are read; the first is the preferred one.</param>
/// <param name="Lack">What an answer lacks where a user may not list the kind, as a sentence.</param>
public sealed record PolicyResource(string Group, string Kind, string Plural, bool IsNamespaced, ImmutableArray<string> Versions, string Lack)
{
    /// <summary>
    /// The same objects in another group, read of a cluster where it does not have this one or does not let the user list it. It is one of the dialect's
    /// resources too, since manifests may hold either.
    /// </summary>
    public PolicyResource? Substitute { get; init; }
}
