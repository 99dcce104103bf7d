using NetPolTools.Sets;

namespace NetPolTools.Exposure;

/// <summary>
/// Who names which CIDR blocks, looked up by an address in them: of blocks of one size, an address is in one, and there are few sizes. Not thread safe.
/// </summary>
internal sealed class BlockNamers
{
    private readonly Dictionary<AddressRange, List<int>> _namers = [];

    /// <summary>The bits in which addresses of one block differ, for each size of a block.</summary>
    private readonly HashSet<(AddressFamilyKind Family, ulong High, ulong Low)> _sizes = [];

    /// <param name="block">The addresses of a CIDR block.</param>
    /// <param name="namers">Who name it.</param>
    public void Add(AddressRange block, List<int> namers)
    {
        var (first, last) = (block.FirstAddress, block.LastAddress);
        _sizes.Add((block.Family, first.High ^ last.High, first.Low ^ last.Low));
        if (_namers.TryGetValue(block, out var known))
            known.AddRange(namers);
        else
            _namers.Add(block, [.. namers]);
    }

    /// <summary>Those who name a block with an address in it, some more than once.</summary>
    public IEnumerable<int> Of(NetAddress address) => _sizes
        .Where(size => size.Family == address.Family)
        .SelectMany(size => _namers.GetValueOrDefault(BlockOf(address, size.High, size.Low)) ?? []);

    /// <summary>The block of one size that an address is in.</summary>
    private static AddressRange BlockOf(NetAddress address, ulong high, ulong low) => new(
        new NetAddress(address.Family, address.High & ~high, address.Low & ~low), new NetAddress(address.Family, address.High | high, address.Low | low));
}
