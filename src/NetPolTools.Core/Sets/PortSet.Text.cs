using System.Collections;
using System.Collections.Immutable;
using System.Globalization;
using System.Text;

namespace NetPolTools.Sets;

/// <content>Sets as people write them.</content>
public sealed partial class PortSet
{
    /// <summary>
    /// Reads what <see cref="ToString"/> writes, and a list of it: protocols, each with ports and ranges behind it or alone for all of it.
    /// </summary>
    /// <param name="text">Such as <c>TCP 80,8000-8100 UDP 53</c>, <c>SCTP</c>, <c>ICMP</c>, <c>All</c> or <c>None</c>; case does not count.</param>
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
            if (TrafficKind.Find(words[i]) is not { } kind)
                return false;
            if (i + 1 == words.Length || !char.IsAsciiDigit(words[i + 1][0]))
                found.Add(new PortSet([kind.Start + kind.Lowest, kind.Start + kind.Highest], kind.CountsIcmp));
            while (i + 1 < words.Length && char.IsAsciiDigit(words[i + 1][0]))
            {
                if (!kind.HasNumbers || !TryParseRange(words[++i], kind, out var first, out var last))
                    return false;
                found.Add(new PortSet([kind.Start + first, kind.Start + last], kind.CountsIcmp));
            }
        }

        // Whoever spells out every port means ports, and not ICMP with them.
        ports = UnionOf(found);
        if (ports is { CountsIcmp: false, IsAll: true })
            ports = new PortSet(All._bounds, countsIcmp: true);
        return words.Length > 0;
    }

    /// <summary>The ranges of ports in order: protocol, first and last port, both inclusive. ICMP and other protocols have none.</summary>
    public IEnumerable<(Protocol Protocol, int First, int Last)> Ranges()
    {
        for (var i = 0; i < _bounds.Length && _bounds[i] < FirstIcmp; i += 2)
            yield return ((Protocol)(_bounds[i] / Stride), _bounds[i] % Stride, _bounds[i + 1] % Stride);
    }

    /// <summary>Everything in it, in order: the ranges of ports, then ICMP, then other protocols.</summary>
    public IEnumerable<TrafficRange> Parts() => Parts(0, int.MaxValue);

    /// <summary>Those of some kinds of traffic.</summary>
    /// <param name="from">Where the numbers of the first kind begin.</param>
    /// <param name="to">Where those of the next one behind the last do.</param>
    private IEnumerable<TrafficRange> Parts(int from, int to)
    {
        for (var i = 0; i < _bounds.Length; i += 2)
        {
            var (first, last) = (_bounds[i], _bounds[i + 1]);
            if (first < from || first >= to)
                continue;
            if (first == FirstIcmp && last == LastIcmp)
            {
                yield return TrafficKind.Icmp.Range(first, last);
                continue;
            }

            // ICMP of both families stands in one piece of numbers.
            foreach (var kind in TrafficKind.Numbered.Where(kind => first <= kind.Start + kind.Highest && last >= kind.Start + kind.Lowest))
                yield return kind.Range(Math.Max(first, kind.Start + kind.Lowest), Math.Min(last, kind.Start + kind.Highest));
        }
    }

    /// <summary>A text for each range, such as <c>TCP 80</c>, <c>TCP 8000-8100</c> and <c>ICMP</c>; <c>All</c> alone for all.</summary>
    public IEnumerator<string> GetEnumerator() => IsAll
        ? Enumerable.Repeat("All", 1).GetEnumerator()
        : Parts().Select(static part => part.ToString()).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary><c>All</c>, <c>None</c>, or each protocol with its ports: <c>TCP 80,8000-8100 UDP 53</c>, <c>Other 47 ICMP TCP 80</c>.</summary>
    public override string ToString() => _text ??= Text();

    private string Text()
    {
        if (IsEmpty)
            return "None";
        if (IsAll)
            return "All";

        // What has no ports comes first, so that programs which know ports alone find nothing behind a protocol that they cannot read.
        var text = new StringBuilder();
        Append(text, Parts(FirstOther, int.MaxValue));
        Append(text, Parts(FirstIcmp, FirstOther));
        Append(text, Parts(0, FirstIcmp));
        return text.ToString();
    }

    private static void Append(StringBuilder text, IEnumerable<TrafficRange> parts)
    {
        string? current = null;
        foreach (var part in parts)
        {
            if (part.Protocol == current)
                text.Append(',').Append(part.Numbers);
            else
                text.Append(text.Length == 0 ? "" : " ").Append(part.ToString());
            current = part.Protocol;
        }
    }

    private static bool TryParseRange(string text, TrafficKind kind, out int first, out int last)
    {
        var dash = text.IndexOf('-');
        last = 0;
        return int.TryParse(dash < 0 ? text : text[..dash], NumberStyles.None, CultureInfo.InvariantCulture, out first)
            && int.TryParse(dash < 0 ? text : text[(dash + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out last)
            && first >= kind.Lowest && last <= kind.Highest && first <= last;
    }

    /// <summary>A kind of traffic with a name: its numbers lie behind <paramref name="Start"/>.</summary>
    private sealed record TrafficKind(string Name, int Start, int Lowest, int Highest)
    {
        /// <summary>ICMP of both families, which have no numbers in common.</summary>
        public static readonly TrafficKind Icmp = new("ICMP", FirstIcmp, 0, (2 * PortSet.Numbers) - 1) { HasNumbers = false };

        public static readonly ImmutableArray<TrafficKind> Numbered =
        [
            .. Protocols.WithPorts.Select(static protocol => new TrafficKind(protocol.ToString(), (int)protocol * Stride, MinPort, MaxPort)),
            new TrafficKind("ICMPv4", FirstIcmp, 0, PortSet.Numbers - 1),
            new TrafficKind("ICMPv6", FirstIcmp + PortSet.Numbers, 0, PortSet.Numbers - 1),
            new TrafficKind("Other", FirstOther, 0, PortSet.Numbers - 1),
        ];

        public bool HasNumbers { get; private init; } = true;

        public bool CountsIcmp => Start >= FirstIcmp;

        public static TrafficKind? Find(string name) =>
            Numbered.Add(Icmp).FirstOrDefault(kind => kind.Name.Equals(name, StringComparison.OrdinalIgnoreCase));

        public TrafficRange Range(int first, int last) => new(Name, first - Start, last - Start)
        {
            // All ports of a protocol are written as a range, as they always were.
            IsWhole = CountsIcmp && first - Start == Lowest && last - Start == Highest,
        };
    }
}
