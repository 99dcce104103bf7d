using NetPolTools.Cni.Catalogue;
using NetPolTools.Objects;
using NetPolTools.Reachability;
using NetPolTools.Text;

namespace NetPolTools.Cni;

/// <summary>A place in a policy that needs a feature.</summary>
/// <param name="Direction">Of the rule; where a policy as a whole needs the feature, that of its isolation.</param>
/// <param name="Rule">The rule it stands in; null where it is the policy as a whole.</param>
/// <param name="Path">As the API server writes it: <c>spec.ingress[0].ports[1].endPort</c>.</param>
public sealed record FeatureUse(
    NetworkPolicy Policy, PolicyDirection Direction, NetworkPolicyRule? Rule, string Path, SourceLocation Location, PolicyFeature Feature);

/// <summary>A place in a policy that does not work as written.</summary>
/// <param name="Use">Where.</param>
/// <param name="Limit">Why.</param>
public sealed record LimitedUse(FeatureUse Use, AppliedLimit Limit)
{
    /// <summary>The same for the evaluation.</summary>
    public RuleCaveat Caveat => new(Use.Policy, Use.Direction, Use.Rule, ToString);

    /// <summary><c>shop/db spec.ingress[0].ports[0].endPort: Cilium 1.15.6: endPort is ignored …</c>.</summary>
    public override string ToString() => $"{Use.Policy.Metadata.Namespace}/{Use.Policy.Name} {Use.Path}: {Limit}";
}
