using NetPolTools.Objects;
using NetPolTools.Policies;

namespace NetPolTools.Dialects.Cilium;

/// <summary>What the setting <c>enable-policy</c> adds to policies.</summary>
internal static class CiliumModes
{
    /// <summary>With <c>always</c>, every pod is denied what no rule allows, be there any rule for it or not.</summary>
    public static IEnumerable<TieredPolicy> DefaultDeny(CiliumSettings settings, EngineLayout layout)
    {
        if (!settings.AlwaysEnforces)
            yield break;
        var origin = settings.Origin ?? new PluginTrace("ConfigMap", new ObjectMetadata { Name = CiliumSettings.ConfigMap });
        var denying = new RuleList([], Unmatched.Deny);
        yield return new TieredPolicy(
            new PolicyOrigin(CiliumDialect.DialectName, origin),
            CiliumRanks.Of(layout).DefaultDeny,
            CiliumTerms.EveryEndpoint,
            denying,
            denying)
        {
            IsOfEngine = true,
        };
    }
}
