namespace NetPolTools.Sets;

/// <summary>
/// Finds, among many CIDR blocks, those that hold a given one. It lies in one block of each size: among thousands of others no more are looked at than among
/// a few. Not thread safe.
/// </summary>
internal sealed class WiderBlocks<T>
{
    private readonly Dictionary<AddressRange, (int Order, List<T> Items)> _blocks = [];
    private readonly HashSet<(AddressFamilyKind Family, UInt128 HostBits)> _sizes = [];

    /// <param name="block">A CIDR block.</param>
    /// <param name="item">What is found by it.</param>
    public void Add(AddressRange block, T item) => Of(block).Add(item);

    /// <summary>What was added with the very same block; to add to.</summary>
    public List<T> Of(AddressRange block)
    {
        if (!_blocks.TryGetValue(block, out var known))
        {
            _sizes.Add((block.Family, block.Last - block.First));
            _blocks.Add(block, known = (_blocks.Count, []));
        }

        return known.Items;
    }

    /// <summary>What was added with blocks that hold one, itself among them; those of the block that was named first come first.</summary>
    /// <param name="block">A CIDR block.</param>
    public IEnumerable<T> Covering(AddressRange block)
    {
        List<(int Order, List<T> Items)>? found = null;
        foreach (var (family, hostBits) in _sizes)
        {
            if (family == block.Family && hostBits >= block.Last - block.First
                && _blocks.TryGetValue(new AddressRange(family, block.First & ~hostBits, block.First | hostBits), out var wider))
            {
                (found ??= []).Add(wider);
            }
        }

        found?.Sort(static (a, b) => a.Order.CompareTo(b.Order));
        return found is null ? [] : found.SelectMany(static wider => wider.Items);
    }
}
