using NetPolTools.Objects;
using NetPolTools.Reading.Kinds;
using NetPolTools.Writing;
using static NetPolTools.Saving.SavedObjects;
using static NetPolTools.Writing.ManifestParts;

namespace NetPolTools.Saving;

/// <summary>Roles and who has them, as manifests that read back as the same.</summary>
internal static class SavedAccess
{
    private const string ApiVersion = $"{KubernetesKinds.AccessGroup}/v1";

    public static ManifestMap Of(AccessRole role) => With(
        SavedObjects.Object(ApiVersion, role),
        ("aggregationRule", role.Aggregated.Count == 0 ? null : Map(("clusterRoleSelectors", List(role.Aggregated, Selector)))),
        ("rules", ListOrNothing(role.Rules, static rule => Map(
            ("apiGroups", Texts(rule.ApiGroups)),
            ("resources", Texts(rule.Resources)),
            ("verbs", Texts(rule.Verbs)),
            ("resourceNames", rule.ResourceNames.Count == 0 ? null : Texts(rule.ResourceNames))))));

    public static ManifestMap Of(AccessBinding binding) => With(
        SavedObjects.Object(ApiVersion, binding),
        ("roleRef", Map(
            ("apiGroup", ManifestScalar.Of(KubernetesKinds.AccessGroup)),
            ("kind", ManifestScalar.Of(binding.Role)),
            ("name", ManifestScalar.Of(binding.RoleName)))),
        ("subjects", ListOrNothing(binding.Subjects, static subject => Map(
            ("kind", ManifestScalar.Of(subject.Kind)), ("name", ManifestScalar.Of(subject.Name)), ("namespace", Scalar(subject.Namespace))))));
}
