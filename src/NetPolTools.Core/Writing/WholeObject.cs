using NetPolTools.Objects;
using NetPolTools.Text;

namespace NetPolTools.Writing;

/// <summary>An object of any kind with every field that was written in it.</summary>
/// <param name="Manifest">Has apiVersion and kind.</param>
/// <param name="Location">Where the object begins in its input.</param>
public sealed record WholeObject(ManifestMap Manifest, SourceLocation Location)
{
    /// <summary>Its kind with the group, where another group than Kubernetes' own has a NetworkPolicy.</summary>
    public ObjectReference Reference => new(
        IsPolicyOfOthers ? $"{NetworkPolicy.KindName}.{Group}" : Manifest.Text("kind") ?? "",
        Manifest.Text("metadata", "namespace"),
        Manifest.Text("metadata", "name") ?? Manifest.Text("metadata", "generateName") ?? "");

    private bool IsPolicyOfOthers => Manifest.Text("kind") == NetworkPolicy.KindName && !CanonicalManifest.IsNetworkPolicy(Manifest);

    private string Group => Manifest.Text("apiVersion")?.Split('/')[0] ?? "";
}
