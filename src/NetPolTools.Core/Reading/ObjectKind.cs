using NetPolTools.Objects;

namespace NetPolTools.Reading;

/// <summary>A kind that we read, with the API group and the versions it comes in, the newest first.</summary>
internal sealed record ObjectKind(string Group, string Kind, bool IsNamespaced, string[] Versions, Func<BindingContext, ObjectDraft> NewDraft)
{
    /// <summary>The release of Kubernetes that no longer has the kind in this group; null where there is none.</summary>
    public string? GoneSince { get; init; }

    /// <summary>What the API server asks of a name of this kind; gives what is wrong with one, or null.</summary>
    public Func<string, string?> CheckName { get; init; } = NameRules.CheckSubdomain;

    /// <summary>How the newest version is written: <c>networking.k8s.io/v1</c>.</summary>
    public string ApiVersion => Group.Length == 0 ? Versions[0] : $"{Group}/{Versions[0]}";
}
