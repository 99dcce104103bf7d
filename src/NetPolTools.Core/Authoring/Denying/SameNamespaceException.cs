using NetPolTools.Objects;

namespace NetPolTools.Authoring.Denying;

/// <summary>Lets the pods of a namespace talk among themselves: a podSelector alone means pods of the policy's own namespace.</summary>
internal static class SameNamespaceException
{
    public static DenyException Of()
    {
        NetworkPolicyRule[] rules = [new NetworkPolicyRule { Peers = [new NetworkPolicyPeer { PodSelector = LabelSelector.Everything }] }];
        return new DenyException("allow-same-namespace", rules, rules);
    }
}
