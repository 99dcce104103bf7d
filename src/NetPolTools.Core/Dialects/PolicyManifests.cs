using NetPolTools.Objects;
using NetPolTools.Policies;
using NetPolTools.Writing;

namespace NetPolTools.Dialects;

/// <summary>Policies of every API as manifests.</summary>
public static class PolicyManifests
{
    /// <summary>The manifest that reads back as the same policy; null for what is not kept whole, and for what is no policy.</summary>
    public static ManifestMap? Of(KubernetesObject found) => found switch
    {
        NetworkPolicy policy => NetworkPolicyManifest.Of(policy),
        PolicyObject policy => (policy as IDialectObject)?.Dialect.ManifestOf(policy),
        _ => null,
    };
}
