using NetPolTools.Sets;

namespace NetPolTools.Tests.Sets;

public sealed class WiderBlocksTests
{
    [Theory]
    [InlineData("10.1.2.3", "1,2,4,5")]
    [InlineData("10.1.2.4", "1,2,4")]
    [InlineData("10.2.0.0", "1,4")]
    [InlineData("11.0.0.0", "4")]
    [InlineData("2001:db8::1", "3")]
    [InlineData("2001:db9::1", "")]
    public void An_address_lies_in_the_blocks_that_hold_it(string address, string expected)
    {
        var blocks = new WiderBlocks<int>();
        (string, int)[] named = [("10.0.0.0/8", 1), ("10.1.0.0/16", 2), ("2001:db8::/32", 3), ("0.0.0.0/0", 4), ("10.1.2.3/32", 5), ("10.1.9.9/16", 2)];
        foreach (var (cidr, item) in named)
        {
            Assert.True(AddressRange.TryParseCidr(cidr, out var range, out _, out _));
            blocks.Add(range, item);
        }

        Assert.True(NetAddress.TryParse(address, out var asked));
        Assert.Equal(expected, string.Join(',', blocks.Covering(AddressRange.Of(asked)).Distinct().Order()));
    }
}
