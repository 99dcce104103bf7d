using FsCheck.Fluent;
using NetPolTools.Linting;
using NetPolTools.Objects;
using NetPolTools.Sets;
using NetPolTools.Tests.Support;

namespace NetPolTools.Tests.Linting;

/// <summary>What is looked up in fewer places is what a look at each place finds.</summary>
public sealed class CoveringProperties
{
    /// <summary>Of few addresses, so that many hold others, and some stand twice.</summary>
    private static readonly FsCheck.Gen<AddressRange> Block =
        from family in Gen.Elements("0.0.0.", "10.0.0.", "::", "fd00::")
        from last in Gen.Choose(0, 9)
        from host in Gen.Choose(0, 5)
        from length in Gen.Elements(Enumerable.Range(0, 2).Select(static step => step * 8).Append(-1).ToArray())
        select Parse($"{family}{last}/{(length >= 0 ? length : (family.Contains(':') ? 128 : 32) - host)}");

    [Fact]
    public void Wider_blocks_are_those_that_hold_it() => Always.Holds(Gen.Zip(Gen.ArrayOf(Block, 30), Gen.ArrayOf(Block, 10)), 200, static blocks =>
    {
        var (all, asked) = blocks;
        var wider = new WiderBlocks<int>();
        for (var i = 0; i < all.Length; i++)
            wider.Add(all[i], i);
        foreach (var block in asked.Concat(all))
        {
            Assert.Equal(
                all.Select(static (other, i) => (Block: other, Item: i)).GroupBy(static other => other.Block).Where(group => group.Key.Contains(block))
                    .SelectMany(static group => group.Select(static other => other.Item)),
                wider.Covering(block));
        }
    });

    /// <summary>Each step lets one rule go, or asks on behalf of one.</summary>
    [Fact]
    public void The_first_rule_that_stays_is_found_however_many_went() => Always.Holds(
        Gen.ArrayOf(Gen.Zip(Gen.Choose(0, 7), Gen.Elements(false, true)), 30), 200, static steps =>
        {
            var policy = new JudgedPolicy(
                new NetworkPolicy(new ObjectMetadata { Name = "p", Namespace = "a" })
                {
                    PodSelector = LabelSelector.Everything,
                    Ingress = [.. Enumerable.Range(0, 8).Select(static _ => new NetworkPolicyRule())],
                },
                new PeerTerms());
            var rules = policy.Rules;
            var covering = new CoveringRules(rules);
            foreach (var (number, goes) in steps)
            {
                rules[number].IsRedundant |= goes;
                Assert.Same(rules.FirstOrDefault(other => other.Stays && other != rules[number]), covering.First(null, rules[number]));
                Assert.Null(covering.First(policy, null));
            }
        });

    private static AddressRange Parse(string cidr) => AddressRange.TryParseCidr(cidr, out var range, out _, out _) ? range : throw new ArgumentException(cidr);
}
