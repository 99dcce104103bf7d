using NetPolTools.Listing;
using NetPolTools.Reachability;
using NetPolTools.Sets;

namespace NetPolTools.Asking;

/// <summary>May any of some endpoints reach any of others?</summary>
/// <param name="Map">Of the cluster.</param>
/// <param name="SourceAddresses">The outside addresses that are the source, where each is asked about by itself; none where it is anything else.</param>
/// <param name="DestinationAddresses">The same for the destination.</param>
/// <param name="Ports">Only these count.</param>
/// <param name="Service">What the destinations are behind; null where they are asked about themselves.</param>
internal readonly record struct ResolvedQuestion(
    ReachabilityMap Map,
    IReadOnlyList<NetAddress> SourceAddresses,
    IReadOnlyList<NetAddress> DestinationAddresses,
    PortSet Ports,
    ServiceDestinations? Service)
{
    /// <summary>Once some of the ends are known to reach others, no more pairs of them are asked on which ports they do.</summary>
    private const int MostPairs = 1 << 16;

    private const string MorePorts = "more ports may be open between others of these ends: not all pairs of them were looked at";

    /// <summary>Whether a Service counts as reached where any pod behind it is, and not only where all are.</summary>
    public bool AnyPodWillDo { get; init; }

    public ReachabilityAnswer Ask(int[] sources, int[] destinations)
    {
        if (Service is not null)
            return AskService(sources, destinations);
        if (sources is [var onlySource] && destinations is [var onlyDestination])
            return Ask(onlySource, onlyDestination);
        ReachabilityAnswer? denied = null, allowed = null;
        var most = Map.Traffic.Everything.Intersect(Ports);
        var left = MostPairs;
        foreach (var (source, destination) in Pairs(Map, sources, destinations, arePodsAlike: Service is null))
        {
            // That each pod reaches itself is no answer to whether some reach others.
            if (source == destination && Service is null && source < Map.Endpoints.PodCount && !Map.Endpoints[source].MayHaveReplicas)
                continue;
            if (allowed is not null)
            {
                if (left-- == 0)
                    return allowed with { Notes = [.. allowed.Notes, MorePorts] };
                allowed = allowed with { Ports = allowed.Ports.Union(AllowedBetween(source, destination).Ports) };
            }
            else if (Ask(source, destination) is var answer && answer.IsAllowed)
                allowed = answer;
            else if (denied is null || (denied.Undetermined.IsEmpty && !answer.Undetermined.IsEmpty))
                denied = answer;
            if (allowed is not null && allowed.Ports.Covers(most))
                break;
        }

        return allowed ?? denied!;
    }

    /// <summary>
    /// What the source that reaches most of the pods reaches, as a Service spreads connections over all of them; on the ports of every source of which the
    /// same can be said.
    /// </summary>
    private ReachabilityAnswer AskService(int[] sources, int[] destinations)
    {
        ReachabilityAnswer? best = null;
        var ports = PortSet.None;
        var most = Map.Traffic.Everything.Intersect(PortSet.UnionOf([.. Service!.Ports.Values]));
        var left = MostPairs;
        var isOnNodes = sources.Concat(destinations).Any(IsOnNode);
        foreach (var source in isOnNodes ? sources : sources.DistinctBy(Map.Classes.ClassOf))
        {
            if (best is { ServicePods: { } known } && known.Reached == known.All)
            {
                if (ports.Covers(most))
                    break;
                if ((left -= destinations.Length) < 0)
                    return best with { Ports = ports, Notes = [.. best.Notes, MorePorts] };
            }

            ReachabilityAnswer[] answers = [.. AskEach(source, destinations)];
            var reached = answers.Count(static answer => answer.IsAllowed);
            var isAllowed = reached == answers.Length || (AnyPodWillDo && reached > 0);
            var isBetter = best is null || reached > best.ServicePods!.Value.Reached;
            var reachable = PortSet.UnionOf([.. answers.Select(static answer => answer.Ports)]);
            if (isBetter && best?.IsAllowed != true)
                ports = reachable;
            else if (isAllowed || isBetter || reached == best!.ServicePods!.Value.Reached)
                ports = ports.Union(reachable);
            if (!isBetter)
                continue;

            // Where all pods have to be reached, one that surely is not decides; where any will do, one that may be reached.
            var anyWillDo = AnyPodWillDo;
            var example = Array.Find(answers, answer => !answer.IsAllowed && answer.Undetermined.IsEmpty != anyWillDo)
                ?? Array.Find(answers, static answer => !answer.IsAllowed) ?? answers[0];
            best = example with
            {
                IsAllowed = isAllowed,
                Undetermined = isAllowed ? PortSet.None : example.Undetermined,
                ServicePods = (reached, answers.Length),
                Notes = [.. Service.Notes, .. answers.SelectMany(static answer => answer.Notes).Distinct(), .. OwnAddress(source, destinations, reached)],
            };
        }

        return best! with { Ports = ports };
    }

    private IEnumerable<ReachabilityAnswer> AskEach(int source, int[] destinations)
    {
        foreach (var destination in destinations)
            yield return Ask(source, destination);
    }

    private IEnumerable<string> OwnAddress(int source, int[] destinations, int reached) =>
        reached == 0 && GroupNotes.OwnAddress(Map, source, Service!.Service!, destinations[0]) is { } note ? [note] : [];

    private bool IsOnNode(int end) => end >= Map.Endpoints.SelectableCount;

    private ReachabilityAnswer Ask(int source, int destination)
    {
        var (allowed, asked, because) = AllowedBetween(source, destination);
        return new ReachabilityAnswer(!allowed.IsEmpty, allowed, (source, destination), because)
        {
            AskedPorts = asked,
            Notes = because is null ? [.. NotesOf(source, destination, allowed, asked)] : [],
            Undetermined = allowed.IsEmpty && because is null ? Map.Undetermined(source, destination).Intersect(asked) : PortSet.None,
        };
    }

    /// <summary>The ports that are allowed of those that are asked about, and why no policy is asked; null where policies decide.</summary>
    private (PortSet Ports, PortSet Asked, string? Because) AllowedBetween(int source, int destination)
    {
        // Through the address of a Service, policies apply to a pod that reaches itself as to any other.
        var because = source == destination && Service is { AreOwnAddresses: false } ? null : WithoutPolicies(source, destination);
        var asked = Service?.Ports[destination] ?? Ports;
        return ((because is null ? Map.Between(source, destination) : PortSet.All).Intersect(asked), asked, because);
    }

    /// <summary>Why no policy is asked; null where policies decide.</summary>
    private string? WithoutPolicies(int source, int destination)
    {
        if (source == destination && source < Map.Endpoints.PodCount && !Map.Endpoints[source].MayHaveReplicas)
            return "a pod always reaches itself";
        return IsOwnNode(destination, source, SourceAddresses) && Map.NodeReaches(destination, source) ? "a node always reaches the pods it runs" : null;
    }

    /// <summary>What the answer depends on beside policies.</summary>
    private IEnumerable<string> NotesOf(int source, int destination, PortSet allowed, PortSet asked)
    {
        if (Map.EgressOf(source) is not null && IsOwnNode(source, destination, DestinationAddresses))
            yield return GroupNotes.ToOwnNode;
        if (Map.NamedPortDoubts?.Note(source, destination, allowed, asked.Intersect) is { } note)
            yield return note;
    }

    private bool IsOwnNode(int pod, int other, IReadOnlyList<NetAddress> otherAddresses)
    {
        // Two pods that policies can select: neither is a node.
        if (pod >= Map.Endpoints.SelectableCount || other < Map.Endpoints.SelectableCount)
            return false;
        if (Map.Endpoints.NamedAt(other) is { } named)
            return named.IsOwnNode;
        return other >= Map.Endpoints.PodCount
            ? otherAddresses.Any(Map.Endpoints[pod].NodeAddresses.Contains)
            : Map.AreOnOneNode(pod, other);
    }

    /// <summary>
    /// Every pair of ends that may differ: one of each class where no node is in play, two different pods rather than one with itself where possible.
    /// A Service may serve pods of a class on different ports.
    /// </summary>
    private static IEnumerable<(int Source, int Destination)> Pairs(ReachabilityMap map, int[] sources, int[] destinations, bool arePodsAlike)
    {
        var onNodes = sources.Concat(destinations).Any(end => end >= map.Endpoints.SelectableCount);
        if (onNodes || !arePodsAlike)
            return sources.SelectMany(source => destinations.Select(destination => (source, destination)));
        return sources.GroupBy(map.Classes.ClassOf).SelectMany(ofSource => destinations.GroupBy(map.Classes.ClassOf).Select(ofDestination =>
        {
            var source = ofSource.First();
            var destination = ofDestination.FirstOrDefault(other => other != source, source);
            return (ofSource.FirstOrDefault(other => other != destination, source), destination);
        }));
    }
}
