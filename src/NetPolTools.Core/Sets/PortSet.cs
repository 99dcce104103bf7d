namespace NetPolTools.Sets;

/// <summary>
/// Ports 1-65535 of TCP, UDP and SCTP, and where somebody asks about them ICMP and every other protocol, as sorted disjoint ranges. Immutable; equal by
/// content.
/// </summary>
/// <remarks>
/// Most questions are about ports alone, and then every port of the three protocols is <c>All</c>. A set that counts ICMP is <c>All</c> only with ICMP and the
/// other protocols in it. What is made of two sets counts ICMP where one of them does; of a set of ports alone, <c>All</c> then has ICMP in it and any other
/// has not.
/// </remarks>
public sealed partial class PortSet : IEquatable<PortSet>, IEnumerable<string>
{
    public const int MinPort = 1;
    public const int MaxPort = 65535;

    // A protocol's ports lie 65536 apart from the next one's. Port 0 does not exist, so ranges of two protocols never touch.
    private const int Stride = 65536;

    private const int MostOnStack = 256;

    // ICMP has the types of IPv4 and behind them those of IPv6, other protocols have their numbers; all begin at 1.
    private const int FirstIcmp = ((int)Protocol.ICMP * Stride) + 1;
    private const int LastIcmp = FirstIcmp + (2 * Numbers) - 1;
    private const int FirstOther = ((int)Protocol.Other * Stride) + 1;
    private const int Numbers = 256;

    public static readonly PortSet None = new([]);
    public static readonly PortSet All = new([MinPort, MaxPort, Stride + MinPort, Stride + MaxPort, (2 * Stride) + MinPort, (2 * Stride) + MaxPort]);

    /// <summary>ICMP of both families, and every protocol that is none of those with a name here.</summary>
    public static readonly PortSet IcmpAndOthers = new([FirstIcmp, LastIcmp, FirstOther, FirstOther + Numbers - 1], countsIcmp: true);

    private static readonly PortSet AllCounted = new([.. All._bounds, .. IcmpAndOthers._bounds], countsIcmp: true);

    /// <summary>First and last of each range, alternating.</summary>
    private readonly int[] _bounds;
    private int _hash;

    // A listing of a million lines writes the same few sets again and again.
    private string? _text;

    private PortSet(int[] bounds, bool countsIcmp = false)
    {
        _bounds = bounds;
        CountsIcmp = countsIcmp;
    }

    /// <summary>Whether ICMP and other protocols are kept apart from ports, so that a set without them is not <c>All</c>.</summary>
    public bool CountsIcmp { get; }

    /// <summary>First and last of each range, alternating and ascending; those of a protocol lie apart from those of another.</summary>
    internal ReadOnlySpan<int> Bounds => _bounds;

    public bool IsEmpty => _bounds.Length == 0;

    public bool IsAll => CountsIcmp ? HasBoundsOf(AllCounted) : HasBoundsOf(All);

    /// <summary>Everything of one protocol.</summary>
    public static PortSet Of(Protocol protocol) => protocol switch
    {
        Protocol.ICMP => new PortSet([FirstIcmp, LastIcmp], countsIcmp: true),
        Protocol.Other => new PortSet([FirstOther, FirstOther + Numbers - 1], countsIcmp: true),
        _ => Of(protocol, MinPort, MaxPort),
    };

    /// <summary>ICMP messages of one family.</summary>
    /// <param name="family">IPv6 for ICMPv6.</param>
    /// <param name="type">0-255; null for all.</param>
    /// <exception cref="ArgumentOutOfRangeException">No type of a message.</exception>
    public static PortSet OfIcmp(AddressFamilyKind family, int? type = null)
    {
        var start = FirstIcmp + (family == AddressFamilyKind.IPv4 ? 0 : Numbers);
        return OfNumbers(start, type);
    }

    /// <summary>A protocol that is none of those with a name, by its IP protocol number.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not within 0-255.</exception>
    public static PortSet OfOther(int number) => OfNumbers(FirstOther, number);

    /// <summary>A range, both ends inclusive.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not within 1-65535, it ends before it begins, or the protocol has no ports.</exception>
    public static PortSet Of(Protocol protocol, int first, int last)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan((int)protocol, (int)Protocol.SCTP, nameof(protocol));
        ArgumentOutOfRangeException.ThrowIfLessThan(first, MinPort);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(last, MaxPort);
        ArgumentOutOfRangeException.ThrowIfLessThan(last, first);
        var offset = (int)protocol * Stride;
        return new PortSet([offset + first, offset + last]);
    }

    public static PortSet Of(Protocol protocol, int port) => Of(protocol, port, port);

    /// <param name="protocol">Any.</param>
    /// <param name="port">
    /// 1-65535; of ICMP the type of a message of either family, of other protocols their numbers, 0-255. Any other number is in no set.
    /// </param>
    public bool Contains(Protocol protocol, int port) => protocol switch
    {
        Protocol.ICMP => port is >= 0 and < Numbers && (Contains(FirstIcmp + port) || Contains(FirstIcmp + Numbers + port)),
        Protocol.Other => port is >= 0 and < Numbers && Contains(FirstOther + port),
        _ => port is >= MinPort and <= MaxPort && Contains(((int)protocol * Stride) + port),
    };

    /// <summary>The same set, in which ICMP and other protocols count by themselves.</summary>
    public PortSet CountingIcmp() => CountsIcmp || IsEmpty ? this : HasBoundsOf(All) ? AllCounted : new PortSet(_bounds, countsIcmp: true);

    private static PortSet OfNumbers(int start, int? number)
    {
        if (number is not { } one)
            return new PortSet([start, start + Numbers - 1], countsIcmp: true);
        ArgumentOutOfRangeException.ThrowIfNegative(one, nameof(number));
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(one, Numbers, nameof(number));
        return new PortSet([start + one, start + one], countsIcmp: true);
    }

    private bool HasBoundsOf(PortSet other) => _bounds.Length == other._bounds.Length && _bounds.AsSpan().SequenceEqual(other._bounds);

    private bool Contains(int key)
    {
        for (var i = 0; i < _bounds.Length; i += 2)
        {
            if (key <= _bounds[i + 1])
                return key >= _bounds[i];
        }

        return false;
    }

    /// <summary>Whether every port of another set is in this one.</summary>
    public bool Covers(PortSet other)
    {
        if (CountsIcmp != other.CountsIcmp)
            return CountingIcmp().CoversAlike(other.CountingIcmp());
        return CoversAlike(other);
    }

    private bool CoversAlike(PortSet other)
    {
        var a = 0;
        for (var b = 0; b < other._bounds.Length; b += 2)
        {
            while (a < _bounds.Length && _bounds[a + 1] < other._bounds[b])
                a += 2;
            if (a == _bounds.Length || _bounds[a] > other._bounds[b] || _bounds[a + 1] < other._bounds[b + 1])
                return false;
        }

        return true;
    }

    public PortSet Union(PortSet other)
    {
        if (other.IsEmpty || ReferenceEquals(this, other))
            return this;
        if (IsEmpty)
            return other;
        if (CountsIcmp != other.CountsIcmp)
            return CountingIcmp().Union(other.CountingIcmp());
        if (CoversAlike(other))
            return this;
        if (other.CoversAlike(this))
            return other;

        var most = _bounds.Length + other._bounds.Length;
        var bounds = most <= MostOnStack ? stackalloc int[most] : new int[most];
        int a = 0, b = 0, count = 0;
        while (a < _bounds.Length || b < other._bounds.Length)
        {
            var takeA = b >= other._bounds.Length || (a < _bounds.Length && _bounds[a] <= other._bounds[b]);
            var (first, last) = takeA ? (_bounds[a], _bounds[a + 1]) : (other._bounds[b], other._bounds[b + 1]);
            if (takeA)
                a += 2;
            else
                b += 2;

            if (count > 0 && first <= bounds[count - 1] + 1)
                bounds[count - 1] = Math.Max(bounds[count - 1], last);
            else
                (bounds[count++], bounds[count++]) = (first, last);
        }

        return new PortSet(bounds[..count].ToArray(), CountsIcmp);
    }

    /// <summary>All of them together, in one pass.</summary>
    public static PortSet UnionOf(IReadOnlyList<PortSet> sets)
    {
        if (sets.Count <= 1)
            return sets.Count == 0 ? None : sets[0];
        var countsIcmp = sets.Any(static set => set.CountsIcmp);
        if (countsIcmp)
            sets = [.. sets.Select(static set => set.CountingIcmp())];

        var ranges = new List<(int First, int Last)>();
        foreach (var set in sets)
        {
            for (var i = 0; i < set._bounds.Length; i += 2)
                ranges.Add((set._bounds[i], set._bounds[i + 1]));
        }

        ranges.Sort();
        var bounds = new List<int>(ranges.Count * 2);
        foreach (var (first, last) in ranges)
            Append(bounds, first, last);

        return bounds.Count == 0 ? None : new PortSet([.. bounds], countsIcmp);
    }

    public PortSet Intersect(PortSet other)
    {
        if (CountsIcmp != other.CountsIcmp && !IsEmpty && !other.IsEmpty)
            return CountingIcmp().Intersect(other.CountingIcmp());
        if (ReferenceEquals(this, other) || other.IsAll)
            return this;
        if (IsAll)
            return other;

        var most = _bounds.Length + other._bounds.Length;
        var bounds = most <= MostOnStack ? stackalloc int[most] : new int[most];
        int a = 0, b = 0, count = 0;
        while (a < _bounds.Length && b < other._bounds.Length)
        {
            var first = Math.Max(_bounds[a], other._bounds[b]);
            var last = Math.Min(_bounds[a + 1], other._bounds[b + 1]);
            if (first <= last)
                (bounds[count++], bounds[count++]) = (first, last);
            if (_bounds[a + 1] < other._bounds[b + 1])
                a += 2;
            else
                b += 2;
        }

        return count == 0 ? None : new PortSet(bounds[..count].ToArray(), CountsIcmp);
    }

    /// <summary>Whether there is something in both sets.</summary>
    internal bool Overlaps(PortSet other)
    {
        if (CountsIcmp != other.CountsIcmp && !IsEmpty && !other.IsEmpty)
            return CountingIcmp().Overlaps(other.CountingIcmp());
        int a = 0, b = 0;
        while (a < _bounds.Length && b < other._bounds.Length)
        {
            if (Math.Max(_bounds[a], other._bounds[b]) <= Math.Min(_bounds[a + 1], other._bounds[b + 1]))
                return true;
            if (_bounds[a + 1] < other._bounds[b + 1])
                a += 2;
            else
                b += 2;
        }

        return false;
    }

    /// <summary>The ports that are not in another set.</summary>
    public PortSet Except(PortSet other)
    {
        if (other.IsEmpty || IsEmpty)
            return this;
        if (CountsIcmp != other.CountsIcmp)
            return CountingIcmp().Except(other.CountingIcmp());
        var bounds = new List<int>();
        var b = 0;
        for (var a = 0; a < _bounds.Length; a += 2)
        {
            var first = _bounds[a];
            while (b < other._bounds.Length && other._bounds[b + 1] < first)
                b += 2;
            for (var cut = b; cut < other._bounds.Length && other._bounds[cut] <= _bounds[a + 1]; cut += 2)
            {
                if (other._bounds[cut] > first)
                    bounds.AddRange([first, other._bounds[cut] - 1]);
                first = other._bounds[cut + 1] + 1;
            }

            if (first <= _bounds[a + 1])
                bounds.AddRange([first, _bounds[a + 1]]);
        }

        return bounds.Count == 0 ? None : new PortSet([.. bounds], CountsIcmp);
    }

    public bool Equals(PortSet? other)
    {
        if (ReferenceEquals(this, other))
            return true;
        if (other is null)
            return false;
        return CountsIcmp == other.CountsIcmp ? HasBoundsOf(other) : CountingIcmp().HasBoundsOf(other.CountingIcmp());
    }

    public override bool Equals(object? obj) => Equals(obj as PortSet);

    public override int GetHashCode()
    {
        if (_hash != 0)
            return _hash;
        var hash = default(HashCode);
        foreach (var bound in IsAll ? All._bounds : _bounds)
            hash.Add(bound);
        return _hash = hash.ToHashCode() | 1;
    }

    /// <summary>Adds a range that begins no earlier than those before it.</summary>
    private static void Append(List<int> bounds, int first, int last)
    {
        if (bounds.Count > 0 && first <= bounds[^1] + 1)
        {
            bounds[^1] = Math.Max(bounds[^1], last);
            return;
        }

        bounds.Add(first);
        bounds.Add(last);
    }
}
