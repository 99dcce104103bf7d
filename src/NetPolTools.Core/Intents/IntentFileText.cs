using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using NetPolTools.Listing;
using NetPolTools.Sets;

namespace NetPolTools.Intents;

/// <summary>Writes intents that were found as a file.</summary>
/// <param name="units">The ends.</param>
/// <param name="areAllNamed">Whether every end of a namespace is among them.</param>
/// <param name="found">What reaches what.</param>
/// <param name="namespaces">Those that were asked about; empty for all.</param>
internal sealed class IntentFileText(
    IReadOnlyList<IntentUnit> units, bool areAllNamed, IReadOnlyList<FoundIntent> found, IReadOnlyList<string> namespaces)
{
    private const string OfNow = "# What is reachable now, and nothing else. Keep what is meant, and take out what is not.";
    private const string OfSeen = "# What was seen, and nothing else. Keep what is meant, take out what is not, and add what happens more rarely than the "
        + "records tell.";

    /// <summary>Of longer lists, the ends get a name, since others have the same.</summary>
    private const int LongList = 8;

    private readonly Dictionary<string, (string Name, IReadOnlyList<string> Texts)> _named = [];
    private readonly ILookup<string?, int> _byNamespace = Enumerable.Range(0, units.Count).ToLookup(i => units[i].Namespace);

    /// <summary>Whether it is what was seen: then the addresses are those that were, and no others are like them.</summary>
    public bool IsOfSeen { get; init; }

    public (string Text, int Count) Write()
    {
        var intents = new StringBuilder();
        foreach (var intent in found)
            intents.Append(Line(intent)).Append('\n');
        var text = new StringBuilder(IsOfSeen ? OfSeen : OfNow).Append('\n');
        if (_named.Count > 0)
        {
            text.Append("ends:\n");
            foreach (var (name, texts) in _named.Values)
                text.Append("  ").Append(name).Append(":\n").Append(string.Concat(texts.Select(static end => $"  - {Quoted(end)}\n")));
        }

        text.Append(found.Count == 0 ? "intents: []\n" : "intents:\n").Append(intents).Append("defaults:\n");
        foreach (var ns in namespaces.Count == 0 ? ["*"] : namespaces)
            text.Append("  ").Append(Quoted(ns)).Append(": {ingress: deny, egress: deny}\n");
        return (text.ToString(), found.Count);
    }

    private string Line(FoundIntent intent)
    {
        var (from, to) = (Ends(intent.From), Ends(intent.To));
        if (from.Count == 1 && to.Count == 1 && IsPlain(from[0]) && IsPlain(to[0]))
            return $"- {from[0]} -> {to[0]}: {intent.Ports}";
        return $"- {{from: {List(from)}, to: {List(to)}, ports: {Quoted(intent.Ports.ToString())}}}";
    }

    private string List(List<string> texts)
    {
        if (texts.Count == 1)
            return Quoted(texts[0]);
        if (texts.Count <= LongList)
            return $"[{string.Join(", ", texts.Select(Quoted))}]";
        var key = string.Join('\n', texts);
        if (!_named.TryGetValue(key, out var named))
            _named.Add(key, named = ($"group {_named.Count + 1}", texts));
        return named.Name;
    }

    /// <summary>The shortest that names all of some units and nobody else.</summary>
    private List<string> Ends(IndexSet ends)
    {
        if (ends.Count == units.Count && !IsOfSeen)
            return [IntentWords.Everything];
        var texts = new List<string>();
        foreach (var group in Members(ends).GroupBy(i => units[i].Namespace))
        {
            if (group.Key is not { } ns)
                continue;
            if (group.Count() == _byNamespace[ns].Count() && IsPlain(ns) && areAllNamed)
                texts.Add($"{ns}/*");
            else
                texts.AddRange(group.Select(i => units[i].Text));
        }

        AddressRange[] ranges = [.. Members(ends).Select(i => units[i].Addresses).OfType<AddressRange>()];
        texts.AddRange(Addresses(ranges));
        texts.AddRange(Members(ends).Where(i => units[i] is { Namespace: null, Addresses: null }).Select(i => units[i].Text));
        return texts;
    }

    private IEnumerable<string> Addresses(AddressRange[] ranges)
    {
        var of4 = AllOf(AddressFamilyKind.IPv4);
        var of6 = AllOf(AddressFamilyKind.IPv6);
        if (of4 && of6)
            return [AddressWords.Anywhere];
        return
        [
            .. of4 ? [AddressWords.AnyIPv4] : Merged(AddressFamilyKind.IPv4),
            .. of6 ? [AddressWords.AnyIPv6] : Merged(AddressFamilyKind.IPv6),
        ];

        bool AllOf(AddressFamilyKind family) =>
            !IsOfSeen && ranges.Count(range => range.Family == family) is > 0 and var count && count == units.Count(unit => unit.Addresses?.Family == family);

        IEnumerable<string> Merged(AddressFamilyKind family)
        {
            AddressRange? last = null;
            foreach (var range in ranges.Where(range => range.Family == family))
            {
                if (last is { } before && before.IsFollowedBy(range))
                {
                    last = new AddressRange(before.FirstAddress, range.LastAddress);
                    continue;
                }

                if (last is { } done)
                    yield return Written(done);
                last = range;
            }

            if (last is { } left)
                yield return Written(left);
        }
    }

    /// <summary>As a range and never as an address, which could be a pod's.</summary>
    private static string Written(AddressRange range) =>
        range.First == range.Last ? range.ToString() : $"{range.FirstAddress}-{range.LastAddress}";

    private static IEnumerable<int> Members(IndexSet set)
    {
        foreach (var member in set)
            yield return member;
    }

    /// <summary>What YAML reads as the same text without quotes, also as a part of a key.</summary>
    private static bool IsPlain(string text) =>
        text.Length > 0 && char.IsAsciiLetter(text[0]) && text.All(static c => char.IsAsciiLetterOrDigit(c) || c is '-' or '.' or '/' or '_' or '*')
            && !text.Contains("->", StringComparison.Ordinal);

    private static string Quoted(string text) =>
        IsPlain(text) && text.ToLowerInvariant() is not ("y" or "n" or "yes" or "no" or "on" or "off" or "true" or "false" or "null")
            ? text
            : $"\"{JsonEncodedText.Encode(text, JavaScriptEncoder.UnsafeRelaxedJsonEscaping)}\"";
}
