using NetPolTools.Sets;

namespace NetPolTools.Reachability;

/// <summary>The addresses of all pods, in order, to find the pods in a block of addresses. Immutable.</summary>
internal sealed class PodAddresses
{
    // An address above the number of the pod that has it: numbers are sorted faster than pairs.
    private readonly ulong[] _v4;
    private readonly (NetAddress Address, int Pod)[] _v6;

    public PodAddresses(EndpointTable endpoints)
    {
        var v4 = new ulong[endpoints.PodCount];
        var count = 0;
        var v6 = new ArrayBuilder<(NetAddress, int)>();
        for (var pod = 0; pod < endpoints.PodCount; pod++)
        {
            var addresses = endpoints[pod].Addresses;
            for (var i = 0; i < addresses.Count; i++)
            {
                if (addresses[i].Family != AddressFamilyKind.IPv4)
                {
                    v6.Add((addresses[i], pod));
                    continue;
                }

                // A pod has one address of a family, but nothing keeps an input from giving it more.
                if (count == v4.Length)
                    Array.Resize(ref v4, Math.Max(4, count * 2));
                v4[count++] = (addresses[i].Low << 32) | (uint)pod;
            }
        }

        (_v4, _v6) = (v4[..count], v6.Items.ToArray());
        Array.Sort(_v4);
        Array.Sort(_v6);
    }

    /// <summary>The addresses in a block, ascending, each with the pod that has it.</summary>
    public IEnumerable<(NetAddress Address, int Pod)> In(AddressRange block)
    {
        if (block.Family == AddressFamilyKind.IPv4)
        {
            for (var i = Start(_v4, block.FirstAddress.Low << 32); i < _v4.Length && _v4[i] >> 32 <= block.LastAddress.Low; i++)
                yield return (new NetAddress(block.Family, 0, _v4[i] >> 32), (int)(uint)_v4[i]);
        }
        else
        {
            for (var i = Start(_v6, (block.FirstAddress, 0)); i < _v6.Length && _v6[i].Address.CompareTo(block.LastAddress) <= 0; i++)
                yield return _v6[i];
        }
    }

    private static int Start<T>(T[] sorted, T first)
    {
        var at = Array.BinarySearch(sorted, first);
        return at < 0 ? ~at : at;
    }
}
