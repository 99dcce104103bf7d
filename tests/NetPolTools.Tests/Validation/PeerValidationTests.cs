using NetPolTools.Objects;
using NetPolTools.Tests.Support;
using NetPolTools.Validation;

namespace NetPolTools.Tests.Validation;

/// <summary>Peers and blocks of addresses that the API server refuses.</summary>
public class PeerValidationTests
{
    [Theory]
    [InlineData("{}")]
    [InlineData("{podSelector: null}")]
    [InlineData("{podSelector: , namespaceSelector: null, ipBlock: }")]
    public void A_peer_must_say_something(string peer)
    {
        Marked.IsRefused("spec.ingress[0].from[1]", $"ingress: [{{from: [{{podSelector: {{}}}}, ▸{peer}]}}]", "must say something", "leave from or to out");
        Marked.IsRefused("spec.egress[0].to[0]", $"egress: [{{to: [▸{peer}]}}]", "must say something");
    }

    [Fact]
    public void A_peer_that_is_null_says_nothing_either() => Marked.IsRefused("spec.ingress[0].from[0]", "ingress: [{from: [▸null]}]", "must say something");

    [Theory]
    [InlineData("podSelector: {}")]
    [InlineData("namespaceSelector: {}")]
    [InlineData("podSelector: {}, namespaceSelector: {}")]
    public void An_ipBlock_stands_alone(string selectors) => Marked.IsRefused(
        "spec.egress[0].to[0]", $"egress: [{{to: [▸{{ipBlock: {{cidr: 10.0.0.0/8}}, {selectors}}}]}}]", "ipBlock stands alone", "with a dash");

    [Fact]
    public void An_ipBlock_and_selectors_in_peers_of_their_own_are_fine() =>
        Marked.IsAccepted("egress: [{to: [{ipBlock: {cidr: 10.0.0.0/8}}, {podSelector: {}}]}]");

    [Theory]
    [InlineData("▸ipBlock: {}")]
    [InlineData("▸ipBlock: {except: [10.0.0.0/8]}")]
    [InlineData("ipBlock: {▸cidr: ''}")]
    [InlineData("ipBlock: {▸cidr: }")]
    public void A_cidr_is_required(string block) =>
        Marked.IsRefused("spec.ingress[0].from[0].ipBlock.cidr", $"ingress: [{{from: [{{{block}}}]}}]", "cidr is required");

    [Theory]
    [InlineData("10.0.0.0/33")]
    [InlineData("10.0.0.0/")]
    [InlineData("10.0.0/8")]
    [InlineData("10.0.0.0.0/8")]
    [InlineData("256.0.0.0/8")]
    [InlineData("10.0.0.0/-1")]
    [InlineData("10.0.0.0/+8")]
    [InlineData("10.0.0.0-10.0.0.255")]
    [InlineData("2001:db8::/129")]
    [InlineData("2001:db8::%eth0/64")]
    [InlineData("example.com")]
    public void A_cidr_must_parse(string cidr) =>
        Marked.IsRefused("spec.ingress[0].from[0].ipBlock.cidr", Block($"▸cidr: '{cidr}'"), $"'{cidr}' is not a CIDR block", "10.0.0.0/24");

    [Theory]
    [InlineData("10.0.0.10", "write 10.0.0.10/32")]
    [InlineData("2001:db8::1", "write 2001:db8::1/128")]
    public void A_single_address_is_no_cidr_and_the_message_says_what_to_write(string address, string words)
    {
        Marked.IsRefused("spec.ingress[0].from[0].ipBlock.cidr", Block($"▸cidr: '{address}'"), words);
        var wide = address.Contains(':', StringComparison.Ordinal) ? "::/0" : "0.0.0.0/0";
        Marked.IsRefused("spec.ingress[0].from[0].ipBlock.except[0]", Block($"cidr: '{wide}', except: [▸'{address}']"), words);
    }

    [Theory]
    [InlineData("0.0.0.0/0")]
    [InlineData("10.0.0.1/32")]
    [InlineData("::/0")]
    [InlineData("2001:db8::1/128")]
    public void The_edges_are_accepted(string cidr) => Marked.IsAccepted(Block($"cidr: '{cidr}'"));

    [Theory]
    [InlineData("10.0.0.0/16", "11.0.0.0/24")]
    [InlineData("10.0.0.0/16", "10.0.0.0/8")]
    [InlineData("10.0.0.0/16", "10.0.0.0/16")]
    [InlineData("10.0.0.0/16", "2001:db8::/64")]
    [InlineData("::/0", "10.0.0.0/8")]
    public void Each_except_lies_inside_with_a_longer_mask(string cidr, string except) => Marked.IsRefused(
        "spec.ingress[0].from[0].ipBlock.except[1]",
        Block($"cidr: '{cidr}', except: ['{Inside(cidr)}', ▸'{except}']"),
        except,
        $"must lie inside {cidr}",
        "longer prefix");

    [Fact]
    public void An_except_one_bit_longer_is_accepted() => Marked.IsAccepted(Block("cidr: 10.0.0.0/16, except: [10.0.0.0/17, 10.0.128.0/17]"));

    [Fact]
    public void Prefixes_are_compared_as_they_are_written()
    {
        Assert.Empty(Errors("10.0.0.0/8", "::ffff:10.0.0.0/104"));
        Assert.Equal(["ipBlock.except[0]"], Errors("::ffff:0:0/96", "10.0.0.0/8"));

        static IEnumerable<string> Errors(string cidr, string except) =>
            NetworkPolicyRules.Check(new NetworkPolicyPeer { IPBlock = new IPBlock(cidr, [except]) }).Select(static error => error.Path);
    }

    [Fact]
    public void An_except_must_parse() =>
        Marked.IsRefused("spec.ingress[0].from[0].ipBlock.except[0]", Block("cidr: 10.0.0.0/16, except: [▸nowhere]"), "'nowhere' is not a CIDR block");

    [Fact]
    public void An_except_of_null_is_refused() =>
        Marked.IsRefused("spec.ingress[0].from[0].ipBlock.except[0]", Block("cidr: 10.0.0.0/16, except: [▸null]"), "not a CIDR block");

    private static string Block(string fields) => $"ingress: [{{from: [{{ipBlock: {{{fields}}}}}]}}]";

    private static string Inside(string cidr) => cidr switch
    {
        "::/0" => "2001:db8::/64",
        _ => "10.0.1.0/24",
    };

    [Fact]
    public void A_peer_on_its_own_has_paths_that_begin_with_its_fields()
    {
        var selector = new LabelSelector { MatchLabels = [KeyValuePair.Create("app", "not a value")] };
        Assert.Equal(["ipBlock.cidr"], Paths(new NetworkPolicyPeer { IPBlock = new IPBlock("10.0.0.1", []) }));
        Assert.Equal(["ipBlock.except[0]"], Paths(new NetworkPolicyPeer { IPBlock = new IPBlock("10.0.0.0/8", ["11.0.0.0/16"]) }));
        Assert.All(Paths(new NetworkPolicyPeer { PodSelector = selector }), static path =>
            Assert.StartsWith("podSelector.matchLabels", path, StringComparison.Ordinal));
        Assert.All(Paths(new NetworkPolicyPeer { NamespaceSelector = selector }), static path =>
            Assert.StartsWith("namespaceSelector.matchLabels", path, StringComparison.Ordinal));

        static string[] Paths(NetworkPolicyPeer peer)
        {
            string[] paths = [.. NetworkPolicyRules.Check(peer).Select(static error => error.Path)];
            Assert.NotEmpty(paths);
            return paths;
        }
    }
}
