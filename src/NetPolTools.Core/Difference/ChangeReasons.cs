using NetPolTools.Listing;
using NetPolTools.Objects;
using NetPolTools.Reachability;
using NetPolTools.Sets;

namespace NetPolTools.Difference;

/// <summary>
/// Why a connection changed: the policies that select its source for egress or its destination for ingress and that differ, in those directions
/// in which what is allowed differs. Where none does, what else of the ends is another than before.
/// </summary>
internal sealed class ChangeReasons(DifferenceSide before, DifferenceSide after, AlignedEnds ends, PolicyDifferences policies, ComparedNames names)
{
    private readonly EndReasons _endReasons = new(before, after, ends);

    /// <param name="change">The bare change.</param>
    /// <param name="source">The source's number; null for outside addresses.</param>
    /// <param name="destination">The destination's number; null for outside addresses.</param>
    public ConnectionChange Explain(ConnectionChange change, int? source, int? destination)
    {
        var found = new List<PolicyChange>();
        var notes = new List<string>();
        bool? egress = source is not { } from ? false : destination is { } to ? Differs(PolicyDirection.Egress, from, to) : true;
        bool? ingress = destination is not { } at ? false : source is { } peer ? Differs(PolicyDirection.Ingress, at, peer) : true;
        var (sourcePeer, destinationPeer) = (PeerOf(source, change.Source), PeerOf(destination, change.Destination));

        // Where it is not known which direction differs, a policy of either will do.
        var isUnexplained = (egress != false && !Attribute(PolicyDirection.Egress, source!.Value, destinationPeer, change, found) && egress == true)
            | (ingress != false && !Attribute(PolicyDirection.Ingress, destination!.Value, sourcePeer, change, found) && ingress == true)
            | found.Count == 0;

        int[] both = source is { } first && destination is { } second && first != second ? [first, second] : [(source ?? destination)!.Value];
        PolicyChange[] responsible = found.Count > 1 ? [.. found.Distinct()] : [.. found];
        foreach (var policy in responsible)
        {
            if (policy.Details.Count > 0)
                notes.Add($"{policy.ToString()[1..]}: {string.Join(", ", policy.Details)}");
        }

        var isOfKeptEnds = both.All(end => ends.StatusOf(end) == EndStatus.Kept);
        if (isUnexplained && isOfKeptEnds)
            AddEndReasons(both, notes);
        foreach (var end in both)
            AddNotes(end, notes);
        if (source is { } a && destination is { } b)
        {
            AddPluginNotes("before", before.Map, ends.Before[a], ends.Before[b], notes);
            AddPluginNotes("after", after.Map, ends.After[a], ends.After[b], notes);
        }

        AddUndetermined("before", change.UndeterminedBefore, before.Map, source is { } f ? ends.Before[f] : null, destination is { } t ? ends.Before[t]
            : null, notes);
        AddUndetermined("after", change.UndeterminedAfter, after.Map, source is { } g ? ends.After[g] : null, destination is { } u ? ends.After[u]
            : null, notes);

        return change with
        {
            SourceStatus = source is { } s ? ends.StatusOf(s) : EndStatus.Kept,
            DestinationStatus = destination is { } d ? ends.StatusOf(d) : EndStatus.Kept,
            Policies = responsible.Length > 1 ? [.. PolicyDifferences.InOrder(responsible)] : responsible,
            Notes = notes,
        };
    }

    /// <summary>Whether what the subject's policies allow with the peer differs; null for ends of several classes, of which it is not worth finding
    /// out.</summary>
    private bool? Differs(PolicyDirection direction, int subject, int peer)
    {
        if ((ends.Before[subject].Classes, ends.After[subject].Classes) is not ([var subjectBefore], [var subjectAfter])
            || (ends.Before[peer].Classes, ends.After[peer].Classes) is not ([var peerBefore], [var peerAfter]))
        {
            return null;
        }

        var (was, becomes) = Allowed(direction, (subjectBefore, peerBefore), (subjectAfter, peerAfter));
        return !was.Equals(becomes);
    }

    private static PortSet ChangedPorts(ConnectionChange change) => PortSet.UnionOf(
    [
        change.Before.Except(change.After),
        change.After.Except(change.Before),
        change.UndeterminedBefore.Except(change.UndeterminedAfter),
        change.UndeterminedAfter.Except(change.UndeterminedBefore),
    ]);

    /// <summary>The ports of which a direction allows some on one side alone, or may.</summary>
    private PortSet Changed(PolicyDirection direction, (int Subject, int Peer) was, (int Subject, int Peer) becomes)
    {
        var ((allowed, possible), (allowedAfter, possibleAfter)) = Allowed(direction, was, becomes);
        return PortSet.UnionOf([allowed.Except(allowedAfter), allowedAfter.Except(allowed), possible.Except(possibleAfter), possibleAfter.Except(possible)]);
    }

    /// <summary>The ports that a direction allows on each side, for sure and at most.</summary>
    private ((PortSet Sure, PortSet Possible) Before, (PortSet Sure, PortSet Possible) After) Allowed(
        PolicyDirection direction, (int Subject, int Peer) was, (int Subject, int Peer) becomes)
    {
        return (Ports(before.Map, was), Ports(after.Map, becomes));

        (PortSet, PortSet) Ports(ReachabilityMap map, (int Subject, int Peer) ends)
        {
            var sure = PortsOf(map, ends);
            return (sure, map.AtMost is { } atMost ? PortsOf(atMost, ends) : sure);
        }

        PortSet PortsOf(ReachabilityMap map, (int Subject, int Peer) ends) => map.RulesOf(direction, ends.Subject)?.PortsFor(ends.Peer) ?? PortSet.All;
    }

    /// <summary>The class of an end on either side; null for ends of several classes.</summary>
    private (int Before, int After)? PeerOf(int? end, ConnectionEnd named)
    {
        if (end is { } number)
            return (ends.Before[number].Classes, ends.After[number].Classes) is ([var ofBefore], [var ofAfter]) ? (ofBefore, ofAfter) : null;
        if (named.Kind is ConnectionEnd.EntityKind or ConnectionEnd.DomainKind)
        {
            return (names.NumberOf(before.Map, named.Name!), names.NumberOf(after.Map, named.Name!)) is ({ } was, { } becomes)
                ? (before.Map.Classes.ClassOf(was), after.Map.Classes.ClassOf(becomes))
                : null;
        }

        if (named.Addresses is not { } text || !AddressRange.TryParse(text, out var range))
            return null;
        var first = range.FirstAddress;
        return (before.Map.Endpoints.IndexOfAddress(first), after.Map.Endpoints.IndexOfAddress(first));
    }

    /// <summary>Finds the policies responsible in a direction.</summary>
    /// <returns>Whether there is one.</returns>
    private bool Attribute(PolicyDirection direction, int subject, (int Before, int After)? peer, ConnectionChange change, List<PolicyChange> found)
    {
        var count = found.Count;
        if (peer is { } to
            && (ends.Before[subject].Classes, ends.After[subject].Classes) is ([var was], [var becomes])
            && DecisionChanges.Find(direction, (before.Map, was, to.Before), (after.Map, becomes, to.After), () => ChangedPorts(change)
                .Intersect(Changed(direction, (was, to.Before), (becomes, to.After)))) is { } decided)
        {
            found.AddRange(decided.Policies.SelectMany(policies.Of));
            if (decided.ByNetworkPolicies)
            {
                var among = policies.Among(before.Map.RulesOf(direction, was), after.Map.RulesOf(direction, becomes));
                found.AddRange(among.Where(static change => change.PolicyKind == NetworkPolicy.KindName));
            }

            return found.Count > count;
        }

        var (classesBefore, classesAfter) = (ends.Before[subject].Classes, ends.After[subject].Classes);
        for (var i = 0; i < Math.Max(classesBefore.Length, classesAfter.Length); i++)
            found.AddRange(policies.Among(Of(before.Map, classesBefore, i), Of(after.Map, classesAfter, i)));
        return found.Count > count;

        RuleSet? Of(ReachabilityMap map, int[] classes, int number) =>
            number < classes.Length ? map.RulesOf(direction, classes[number]) : null;
    }

    private void AddEndReasons(int[] both, List<string> notes)
    {
        var reasons = both.SelectMany(_endReasons.ReasonsFor).Distinct().ToArray();
        notes.AddRange(reasons.Length > 0 ? reasons : ["no policy that selects these ends differs"]);
    }

    private void AddNotes(int end, List<string> notes)
    {
        var (groupBefore, groupAfter) = (ends.Before[end], ends.After[end]);
        if (groupAfter.UsesHost(after.Map.Endpoints))
            notes.Add(GroupNotes.HostNetwork(after.Map, groupAfter));
        else if (groupBefore.UsesHost(before.Map.Endpoints))
            notes.Add(GroupNotes.HostNetwork(before.Map, groupBefore));
        if (groupBefore.End.Kind != Namespace.KindName && (groupBefore.Classes.Length > 1 || groupAfter.Classes.Length > 1))
            notes.Add($"policies tell pods of {groupBefore.End.Namespace}/{groupBefore.End.Name} apart, and the two sides have other pods of it: the ports "
                + "are those of any of them");
    }

    private static void AddUndetermined(
        string side, PortSet ports, ReachabilityMap map, EndpointGroup? source, EndpointGroup? destination, List<string> notes)
    {
        if (ports.IsEmpty)
            return;
        var reasons = source is null || destination is null
            ? []
            : new UndeterminedReasons(map).Between(source.Members[0], destination.Members[^1], ports);
        notes.Add($"{side}: {ports} undetermined{(reasons.Count == 0 ? "" : ": " + string.Join("; ", reasons))}");
    }

    /// <summary>What network plugins do otherwise.</summary>
    private static void AddPluginNotes(string side, ReachabilityMap map, EndpointGroup source, EndpointGroup destination, List<string> notes)
    {
        if (GroupNotes.DependsOnIPBlock(map, source, destination, static (_, ports) => ports) is { } ofBlocks)
            notes.Add($"{side}: {ofBlocks}");
        if (GroupNotes.DependsOnPortNames(map, source, destination, static (_, ports) => ports) is { } ofNames)
            notes.Add($"{side}: {ofNames}");
    }
}
