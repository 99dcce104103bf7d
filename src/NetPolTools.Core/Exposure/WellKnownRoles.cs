using NetPolTools.Objects;

namespace NetPolTools.Exposure;

/// <summary>
/// ClusterRoles that every cluster has and that inputs mostly leave out, as far as pods, workloads and namespaces go: the API server's bootstrap policy
/// (plugin/pkg/auth/authorizer/rbac/bootstrappolicy).
/// </summary>
internal static class WellKnownRoles
{
    /// <summary>None for a role that is not known.</summary>
    public static IEnumerable<AccessRule> RulesOf(ObjectReference role) => role is not { Kind: AccessRole.OfCluster } ? [] : role.Name switch
    {
        "cluster-admin" => [new AccessRule(["*"], ["*"], ["*"], [])],
        "admin" or "edit" =>
        [
            new AccessRule([""], ["pods", "replicationcontrollers"], ["create", "update", "patch"], []),
            new AccessRule(["apps"], ["daemonsets", "deployments", "replicasets", "statefulsets"], ["create", "update", "patch"], []),
            new AccessRule(["batch"], ["cronjobs", "jobs"], ["create", "update", "patch"], []),
        ],
        _ => [],
    };
}
