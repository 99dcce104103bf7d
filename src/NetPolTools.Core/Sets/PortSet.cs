using System.Collections;
using System.Globalization;
using System.Text;

namespace NetPolTools.Sets;

/// <summary>Ports 1-65535 of TCP, UDP and SCTP, as sorted disjoint ranges. Immutable; equal by content.</summary>
public sealed class PortSet : IEquatable<PortSet>, IEnumerable<string>
{
    public const int MinPort = 1;
    public const int MaxPort = 65535;

    // A protocol's ports lie 65536 apart from the next one's. Port 0 does not exist, so ranges of two protocols never touch.
    private const int Stride = 65536;

    private const int MostOnStack = 256;

    public static readonly PortSet None = new([]);
    public static readonly PortSet All = new([MinPort, MaxPort, Stride + MinPort, Stride + MaxPort, (2 * Stride) + MinPort, (2 * Stride) + MaxPort]);

    /// <summary>First and last of each range, alternating.</summary>
    private readonly int[] _bounds;
    private int _hash;

    // A listing of a million lines writes the same few sets again and again.
    private string? _text;

    private PortSet(int[] bounds)
    {
        _bounds = bounds;
    }

    /// <summary>First and last of each range, alternating and ascending; those of a protocol lie apart from those of another.</summary>
    internal ReadOnlySpan<int> Bounds => _bounds;

    public bool IsEmpty => _bounds.Length == 0;

    public bool IsAll => _bounds.Length == 6 && Equals(All);

    /// <summary>Every port of one protocol.</summary>
    public static PortSet Of(Protocol protocol) => Of(protocol, MinPort, MaxPort);

    /// <summary>A range, both ends inclusive.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not within 1-65535, or it ends before it begins.</exception>
    public static PortSet Of(Protocol protocol, int first, int last)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(first, MinPort);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(last, MaxPort);
        ArgumentOutOfRangeException.ThrowIfLessThan(last, first);
        var offset = (int)protocol * Stride;
        return new PortSet([offset + first, offset + last]);
    }

    public static PortSet Of(Protocol protocol, int port) => Of(protocol, port, port);

    /// <param name="protocol">One of the three.</param>
    /// <param name="port">1-65535; any other number is in no set.</param>
    public bool Contains(Protocol protocol, int port)
    {
        if (port is < MinPort or > MaxPort)
            return false;
        var key = ((int)protocol * Stride) + port;
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
        if (other.IsEmpty || ReferenceEquals(this, other) || Covers(other))
            return this;
        if (IsEmpty || other.Covers(this))
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

        return new PortSet(bounds[..count].ToArray());
    }

    /// <summary>All of them together, in one pass.</summary>
    public static PortSet UnionOf(IReadOnlyList<PortSet> sets)
    {
        if (sets.Count <= 1)
            return sets.Count == 0 ? None : sets[0];

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

        return bounds.Count == 0 ? None : new PortSet([.. bounds]);
    }

    public PortSet Intersect(PortSet other)
    {
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

        return count == 0 ? None : new PortSet(bounds[..count].ToArray());
    }

    /// <summary>The ports that are not in another set.</summary>
    public PortSet Except(PortSet other)
    {
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

        return bounds.Count == 0 ? None : new PortSet([.. bounds]);
    }

    /// <summary>
    /// Reads what <see cref="ToString"/> writes, and a list of it: protocols, each with ports and ranges behind it or alone for all of its ports.
    /// </summary>
    /// <param name="text">Such as <c>TCP 80,8000-8100 UDP 53</c>, <c>SCTP</c>, <c>All</c> or <c>None</c>; case does not count.</param>
    /// <param name="ports">What it says; none where it says nothing that can be understood.</param>
    public static bool TryParse(string text, out PortSet ports)
    {
        ports = None;
        var words = text.Split([' ', ',', ';'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (words.Length == 1 && (words[0].Equals("All", StringComparison.OrdinalIgnoreCase) || words[0].Equals("None", StringComparison.OrdinalIgnoreCase)))
        {
            ports = words[0].Equals("All", StringComparison.OrdinalIgnoreCase) ? All : None;
            return true;
        }

        var found = new List<PortSet>();
        for (var i = 0; i < words.Length; i++)
        {
            if (!char.IsAsciiLetter(words[i][0]) || !Enum.TryParse<Protocol>(words[i], ignoreCase: true, out var protocol))
                return false;
            if (i + 1 == words.Length || !char.IsAsciiDigit(words[i + 1][0]))
                found.Add(Of(protocol));
            while (i + 1 < words.Length && char.IsAsciiDigit(words[i + 1][0]))
            {
                if (!TryParseRange(words[++i], out var first, out var last))
                    return false;
                found.Add(Of(protocol, first, last));
            }
        }

        ports = UnionOf(found);
        return words.Length > 0;
    }

    /// <summary>The ranges in order: protocol, first and last port, both inclusive.</summary>
    public IEnumerable<(Protocol Protocol, int First, int Last)> Ranges()
    {
        for (var i = 0; i < _bounds.Length; i += 2)
            yield return ((Protocol)(_bounds[i] / Stride), _bounds[i] % Stride, _bounds[i + 1] % Stride);
    }

    /// <summary>A text for each range, such as <c>TCP 80</c> and <c>TCP 8000-8100</c>; <c>All</c> alone for all.</summary>
    public IEnumerator<string> GetEnumerator() => IsAll
        ? Enumerable.Repeat("All", 1).GetEnumerator()
        : Ranges().Select(static range => range.First == range.Last ? $"{range.Protocol} {range.First}" : $"{range.Protocol} {range.First}-{range.Last}").GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    public bool Equals(PortSet? other) =>
        ReferenceEquals(this, other) || (other is not null && _bounds.AsSpan().SequenceEqual(other._bounds));

    public override bool Equals(object? obj) => Equals(obj as PortSet);

    public override int GetHashCode()
    {
        if (_hash != 0)
            return _hash;
        var hash = default(HashCode);
        foreach (var bound in _bounds)
            hash.Add(bound);
        return _hash = hash.ToHashCode() | 1;
    }

    /// <summary><c>All</c>, <c>None</c>, or each protocol with its ports: <c>TCP 80,8000-8100 UDP 53</c>.</summary>
    public override string ToString() => _text ??= Text();

    private string Text()
    {
        if (IsEmpty)
            return "None";
        if (IsAll)
            return "All";

        var text = new StringBuilder();
        Protocol? current = null;
        foreach (var (protocol, first, last) in Ranges())
        {
            if (protocol == current)
                text.Append(',');
            else
                text.Append(text.Length == 0 ? "" : " ").Append(protocol).Append(' ');
            current = protocol;
            text.Append(CultureInfo.InvariantCulture, $"{first}");
            if (last > first)
                text.Append(CultureInfo.InvariantCulture, $"-{last}");
        }

        return text.ToString();
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

    private static bool TryParseRange(string text, out int first, out int last)
    {
        var dash = text.IndexOf('-');
        last = 0;
        return int.TryParse(dash < 0 ? text : text[..dash], NumberStyles.None, CultureInfo.InvariantCulture, out first)
            && int.TryParse(dash < 0 ? text : text[(dash + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out last)
            && first >= MinPort && last <= MaxPort && first <= last;
    }
}
