using NetPolTools.Listing;
using NetPolTools.Reachability;
using NetPolTools.Sets;
using NetPolTools.Text;

namespace NetPolTools.Paths;

/// <summary>Addresses outside the cluster from which somebody attacks it, all of them together; those of pods and nodes are not meant.</summary>
/// <param name="Text">As the question names them.</param>
/// <param name="Ranges">Which.</param>
/// <param name="Group">They as one end.</param>
internal sealed record OutsideStart(string Text, IReadOnlyList<AddressRange> Ranges, EndpointGroup Group)
{
    private const int MostTold = 5;

    /// <returns>Null where all of the addresses belong to pods or nodes.</returns>
    public static OutsideStart? Of(ReachabilityMap map, string text, IReadOnlyList<AddressRange> ranges) =>
        Of(map, text, ranges, ranges.SelectMany(map.Endpoints.IndexesOfAddresses).Where(range => !map.Occupied.ByPodsOrNodes.Contains(range)));

    /// <returns>Null for none.</returns>
    public static OutsideStart? Together(ReachabilityMap map, IReadOnlyList<OutsideStart> parts) => parts.Count == 1 ? parts[0] : Of(
        map,
        string.Join(", ", parts.Select(static part => part.Text)),
        [.. parts.SelectMany(static part => part.Ranges).Distinct()],
        parts.SelectMany(static part => part.Group.Members));

    private static OutsideStart? Of(ReachabilityMap map, string text, IReadOnlyList<AddressRange> ranges, IEnumerable<int> members) =>
        members.Distinct().Order().ToArray() is { Length: > 0 } found
            ? new OutsideStart(text, ranges, EndpointGroup.Create(map, ConnectionEnd.Outside(text), found))
            : null;

    /// <summary>What they are allowed with a group, or may be, as one connection; a note tells where some of them are allowed something else.</summary>
    /// <param name="lister">Of the group.</param>
    /// <param name="group">Its position.</param>
    /// <param name="verdict">Allowed or Undetermined.</param>
    public Connection To(ConnectionLister lister, int group, Verdict verdict)
    {
        Connection[] lines = [.. Ranges.SelectMany(range => lister.FromOutside(group, AskedAddresses.Everything with { Range = range, IsOutsideOnly = true }))
            .Where(line => line.Verdict == verdict)];
        var areAlike = Array.TrueForAll(lines, line => line.Ports.Equals(lines[0].Ports))
            && lines.Select(static line => line.Source.Addresses).SequenceEqual(Ranges.Select(static range => range.ToString()));
        string[] told = areAlike ? [] : [.. lines.Select(static line => $"{line.Source} on {line.Ports}")];
        return lines[0] with
        {
            Source = ConnectionEnd.Outside(Text),
            Ports = PortSet.UnionOf([.. lines.Select(static line => line.Ports)]),
            Notes = [.. lines.SelectMany(static line => line.Notes).Distinct(), .. told.Length == 0 ? [] : new[] { $"from {Wording.List(told, MostTold)}" }],
        };
    }
}
