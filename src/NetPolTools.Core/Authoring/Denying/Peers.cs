using NetPolTools.Objects;
using NetPolTools.Sets;

namespace NetPolTools.Authoring.Denying;

/// <summary>Peers of rules in the words of this folder.</summary>
internal static class Peers
{
    /// <summary>Some pods of one namespace: both selectors in one peer, since as two peers they would let in either.</summary>
    public static NetworkPolicyPeer PodsIn(string ns, LabelSelector pods) => new() { NamespaceSelector = NamespaceSelectors.Named(ns), PodSelector = pods };

    public static LabelSelector Labelled(params (string Key, string Value)[] labels) =>
        new() { MatchLabels = [.. labels.Select(static label => KeyValuePair.Create(label.Key, label.Value))] };

    public static NetworkPolicyPeer Address(NetAddress address) => Block($"{address}/{NetAddress.Bits(address.Family)}");

    public static NetworkPolicyPeer Block(string cidr) => new() { IPBlock = new IPBlock(cidr, []) };

    /// <summary>An address alone means the block of that address.</summary>
    public static NetworkPolicyPeer AddressOrBlock(string text) => NetAddress.TryParse(text, out var address) ? Address(address) : Block(text);
}
