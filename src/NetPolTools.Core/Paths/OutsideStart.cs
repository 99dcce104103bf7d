using NetPolTools.Listing;
using NetPolTools.Reachability;
using NetPolTools.Sets;
using NetPolTools.Text;

namespace NetPolTools.Paths;

/// <summary>Addresses outside the cluster from which somebody attacks it, all of them together; those of pods and nodes are not meant.</summary>
/// <param name="Text">As the question names them.</param>
/// <param name="Ranges">Which.</param>
internal sealed record OutsideStart(string Text, IReadOnlyList<AddressRange> Ranges)
{
    private const int MostTold = 5;

    /// <summary>Them as one group; null where all of them belong to pods or nodes.</summary>
    public EndpointGroup? GroupIn(ReachabilityMap map)
    {
        int[] members = [.. Ranges.SelectMany(map.Endpoints.IndexesOfAddresses).Distinct().Where(range => !map.Occupied.ByPodsOrNodes.Contains(range)).Order()];
        return members.Length == 0 ? null : EndpointGroup.Create(map, ConnectionEnd.Outside(Text), members);
    }

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
