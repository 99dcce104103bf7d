using NetPolTools.Objects;
using NetPolTools.Text;

namespace NetPolTools.Linting;

/// <summary>A place in a policy of any kind.</summary>
/// <param name="Policy">Which.</param>
/// <param name="Path">As the API server writes it.</param>
/// <param name="Location">Where that stands, or what it is in.</param>
internal sealed record PolicyPlace(KubernetesObject Policy, string Path, SourceLocation Location)
{
    public bool Equals(PolicyPlace? other) => other is not null && ReferenceEquals(Policy, other.Policy) && Path == other.Path;

    public override int GetHashCode() => HashCode.Combine(System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(Policy), Path);

    /// <summary>A correction of it: the text is that of NetworkPolicies, and no other kind can be given it.</summary>
    public LintCorrection Correction(string description, string text) =>
        Policy is NetworkPolicy ? new LintCorrection(description) { Text = text } : new LintCorrection(description);

    /// <summary>The same as a place beside that of a finding.</summary>
    public LintPlace ToRelated() => new(Policy.Reference, Path, Location);
}
