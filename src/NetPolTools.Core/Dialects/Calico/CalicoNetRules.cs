using NetPolTools.Sets;
using NetPolTools.Validation;

namespace NetPolTools.Dialects.Calico;

/// <summary>What Calico refuses in the CIDR blocks of a rule: they are all of one address family, that of the rule.</summary>
internal sealed class CalicoNetRules(CalicoRule rule, string path, CalicoRefusals found)
{
    private const int MostNets = 256;

    /// <summary>Since it is refused that no address matches.</summary>
    private static readonly Version V331 = new(3, 31);

    private AddressFamilyKind? _family;

    public void Check()
    {
        CheckList(rule.Source.Nets, $"{path}.source.nets");
        CheckList(rule.Source.NotNets, $"{path}.source.notNets", isNegated: true);
        CheckList(rule.Destination.Nets, $"{path}.destination.nets");
        CheckList(rule.Destination.NotNets, $"{path}.destination.notNets", isNegated: true);
    }

    private void CheckList(IReadOnlyList<string> nets, string place, bool isNegated = false)
    {
        found.CheckLimit(nets.Count, MostNets, place, "CIDR blocks");
        for (var i = 0; i < nets.Count; i++)
            Check(nets[i], $"{place}[{i}]", isNegated);
    }

    private void Check(string net, string place, bool isNegated)
    {
        if (!AddressRange.TryParseCidr(net, out var range, out var prefix, out var hasHostBits))
        {
            found.Add(place, NetAddress.TryParse(net, out var address)
                ? $"'{Excerpt.Of(net)}' has no prefix length; one address is written {address}/{NetAddress.Bits(address.Family)}."
                : $"'{Excerpt.Of(net)}' is no CIDR block; expected one such as 10.0.0.0/8 or fd00::/8.");
            return;
        }

        if (hasHostBits)
            found.Add(place, $"'{Excerpt.Of(net)}' has bits behind its prefix; the block is {range.ToCidr()}.");
        if (isNegated && prefix == 0)
            found.AddSince(V331, place, $"'{Excerpt.Of(net)}' leaves no address: the rule would match nothing.");
        if (rule.IPVersion is 4 or 6 && rule.IPVersion != (range.Family == AddressFamilyKind.IPv4 ? 4 : 6))
            found.Add(place, $"'{Excerpt.Of(net)}' is not of the rule's ipVersion {rule.IPVersion}.");
        if (_family is { } family && family != range.Family)
            found.Add(place, $"The rule has IPv4 and IPv6 blocks; write one rule for each family, since a rule is for packets of one of them.");
        _family ??= range.Family;
    }
}
