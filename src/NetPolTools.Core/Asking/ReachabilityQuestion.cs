using NetPolTools.Diagnostics;
using NetPolTools.Listing;
using NetPolTools.Objects;
using NetPolTools.Policies;
using NetPolTools.Reachability;
using NetPolTools.Services;
using NetPolTools.Sets;

namespace NetPolTools.Asking;

/// <summary>May A reach B? Asked of two ends that are named exactly, unlike a listing.</summary>
public static class ReachabilityQuestion
{
    private const int MostCandidates = 5;

    /// <summary>
    /// Whether anything that <paramref name="from"/> names may reach anything that <paramref name="to"/> names, on any of the ports.
    /// </summary>
    /// <param name="map">Of the cluster.</param>
    /// <param name="from">One workload or pod, a namespace as <c>name/*</c>, a label selector, an address or a block.</param>
    /// <param name="to">As <paramref name="from"/>, or a Service, which stands for what is behind it on its target ports.</param>
    /// <param name="ports">Ports of the destination; of a Service, its own.</param>
    /// <param name="problems">Where a name matches nothing, or several workloads, with that name; then there is no answer.</param>
    /// <returns>Null when there is no answer.</returns>
    public static ReachabilityAnswer? Ask(
        ReachabilityMap map, EndpointPattern from, EndpointPattern to, PortSet ports, out IReadOnlyList<(EndpointPattern Name, Diagnostic Problem)> problems) =>
        Ask(map, from, to, new AskedPorts(ports, []), false, out problems);

    /// <inheritdoc cref="Ask(ReachabilityMap, EndpointPattern, EndpointPattern, PortSet, out IReadOnlyList{ValueTuple{EndpointPattern, Diagnostic}})"/>
    /// <param name="map">Of the cluster.</param>
    /// <param name="from">The source.</param>
    /// <param name="to">The destination. The address of a Service is the Service.</param>
    /// <param name="ports">Ports of the destination; of a Service, its own, also by name.</param>
    /// <param name="anyPodWillDo">Whether a Service counts as reached where any pod behind it is, and not only where all are.</param>
    /// <param name="problems">As above.</param>
    public static ReachabilityAnswer? Ask(
        ReachabilityMap map,
        EndpointPattern from,
        EndpointPattern to,
        AskedPorts ports,
        bool anyPodWillDo,
        out IReadOnlyList<(EndpointPattern Name, Diagnostic Problem)> problems)
    {
        List<(EndpointPattern Name, Diagnostic Problem)>? found = null;
        (from, to) = (WithWord(map, from), WithWord(map, to));
        var sources = Resolve(map, from, ref found);
        var service = to.ServiceIn(map) is { } named ? ServiceDestinations.Resolve(map, named, ports, found ??= []) : null;
        var destinations = service is null ? Resolve(map, to, ref found) : [.. service.Ports.Keys];
        if (found is not { Count: > 0 } && AreOutside(map, sources) && AreOutside(map, destinations)
            && !map.Stack.Policies.Any(static policy => policy.Subjects is EndpointTerm.Nodes))
        {
            (found ??= []).Add((from, new Diagnostic(
                DiagnosticId.NoMatch, DiagnosticSeverity.Error, $"{from} and {to} both lie outside the cluster; NetworkPolicies say nothing about them.")));
        }

        problems = found ?? (IReadOnlyList<(EndpointPattern, Diagnostic)>)[];
        if (found is { Count: > 0 })
            return null;
        var question = new ResolvedQuestion(map, AddressesOf(from, sources, map), AddressesOf(to, destinations, map), ports.Numbers, service)
        {
            AnyPodWillDo = anyPodWillDo,
        };
        var answer = question.Ask(sources, destinations);
        var doubts = Doubts(question, answer, sources, destinations);
        if (service is not null && !to.IsService)
            answer = answer with { Notes = [$"{to} is the address of {service.Service!.Reference}, and stands for the pods behind it", .. answer.Notes] };
        return doubts is null ? answer : answer with { Doubts = doubts };
    }

    /// <summary>Of an answer that is neither yes nor no, what to say in its place: nothing in the input tells.</summary>
    /// <param name="map">That was asked.</param>
    /// <param name="from">How the question names the source.</param>
    /// <param name="to">How it names the destination.</param>
    /// <param name="answer">With undetermined ports.</param>
    public static Diagnostic Undetermined(ReachabilityMap map, string from, string to, ReachabilityAnswer answer)
    {
        var reasons = new UndeterminedReasons(map).Between(answer.Example.Source, answer.Example.Destination, answer.Undetermined);
        return new Diagnostic(
            DiagnosticId.Undetermined,
            DiagnosticSeverity.Error,
            $"Whether {from} may reach {to} on {answer.Undetermined} cannot be told: {string.Join("; ", reasons)}.");
    }

    private static List<AnswerDoubt>? Doubts(in ResolvedQuestion question, ReachabilityAnswer answer, int[] sources, int[] destinations)
    {
        List<AnswerDoubt>? doubts = null;
        var snapshot = question.Map.Snapshot;
        if (snapshot.OtherPolicyKinds is { Count: > 0 } others)
        {
            (doubts ??= []).Add(new AnswerDoubt(
                DiagnosticId.NotEvaluated,
                $"the answer is about {snapshot.EvaluatedPolicies} alone; {string.Join(", ", others)} may decide it too, and "
                    + $"{(others.Count == 1 ? "is" : "are")} not evaluated"));
        }

        if (question.Map.NamespaceDoubts is { } unknown)
        {
            var atLeast = (question with { Map = unknown.Least }).Ask(sources, destinations);
            var atMost = (question with { Map = unknown.Most }).Ask(sources, destinations);
            var isOpen = unknown.Open is { } open && !answer.IsUndetermined && (question with { Map = open }).Ask(sources, destinations).IsUndetermined;
            if (atLeast.IsAllowed != atMost.IsAllowed || isOpen)
                (doubts ??= []).Add(new AnswerDoubt(DiagnosticId.UnknownNamespaceLabels, "the answer " + unknown.Note));
        }

        return doubts;
    }

    /// <summary>A word of the network plugin is one where no pod has it for a name.</summary>
    internal static EndpointPattern WithWord(ReachabilityMap map, EndpointPattern pattern) =>
        pattern.AsWord(map) is { } word && Pods(map, pattern).Length == 0 ? word : pattern;

    private static bool AreOutside(ReachabilityMap map, int[] ends)
    {
        foreach (var end in ends)
        {
            if (end < map.Endpoints.PodCount)
                return false;
        }

        return true;
    }

    /// <summary>Outside, only an address that is asked about by itself, or by the name of its node, can be that of a pod's node.</summary>
    private static IReadOnlyList<NetAddress> AddressesOf(EndpointPattern pattern, int[] ends, ReachabilityMap map) =>
        pattern.Addresses is { } range && range.IsSingle && ends is [var only] && only >= map.Endpoints.PodCount
            ? [range.FirstAddress]
            : pattern.IsNode ? [.. pattern.NodeAddresses(map.Nodes)]
            : pattern.MayBeNodes
                ? [.. pattern.Outside.Where(static range => range.IsSingle).Select(static range => range.FirstAddress)]
            : [];

    /// <summary>The ends that a pattern means, but for a Service.</summary>
    /// <param name="map">Of the cluster.</param>
    /// <param name="pattern">The name.</param>
    /// <param name="problems">Told where it matches nothing, or several workloads.</param>
    /// <param name="withAdvice">Whether to say what may be meant by a name that matches nothing, which goes through all names there are.</param>
    internal static int[] Resolve(
        ReachabilityMap map, EndpointPattern pattern, ref List<(EndpointPattern Name, Diagnostic Problem)>? problems, bool withAdvice = true)
    {
        var pods = Pods(map, pattern);
        if (pattern.Addresses is { } addresses)
        {
            var isOnePod = addresses.First == addresses.Last && pods is [var first, ..] && first < map.Endpoints.SelectableCount;
            return isOnePod ? pods : [.. pods, .. Outside(map, addresses)];
        }

        if (pattern.Outside.Count > 0)
            return Outside(map, pattern);
        if (pods.Length == 0 && OfNodes(map, pattern) is { } ofNodes)
        {
            if (ofNodes.Length == 0)
            {
                (problems ??= []).Add((pattern, new Diagnostic(
                    DiagnosticId.UnknownAddress,
                    DiagnosticSeverity.Error,
                    $"No address of '{pattern}' is known; add the Node object, or pods that run on it with their status.")));
            }

            return ofNodes;
        }

        if (pattern.IsCluster)
            return [.. pods, .. pattern.NamedIn(map.Endpoints)];
        if (pods.Length == 0 && pattern.NamedIn(map.Endpoints) is { Length: > 0 } named)
            return named;
        if (pods.Length == 0)
        {
            (problems ??= []).Add((pattern, new Diagnostic(
                DiagnosticId.NoMatch,
                DiagnosticSeverity.Error,
                $"'{pattern}' matches nothing in {pattern.Place}"
                + (withAdvice ? QuestionWords.Advice(pattern.ToString(), NamesMeant.Ends(pattern.ToString(), [map.Snapshot])) : "."))));
        }
        else if (pods.Length > 1 && pattern.NamesOne && WorkloadsOf(map, pods) is { Length: > 1 } owners)
        {
            var more = owners.Length > MostCandidates ? $" and {owners.Length - MostCandidates} more" : "";
            (problems ??= []).Add((pattern, new Diagnostic(
                DiagnosticId.AmbiguousName,
                DiagnosticSeverity.Error,
                $"'{pattern}' matches several workloads: {string.Join(", ", owners.Take(MostCandidates))}{more}; expected one, or a namespace as name/*.")));
        }

        return pods;
    }

    private static IEnumerable<int> Outside(ReachabilityMap map, AddressRange addresses) =>
        map.Endpoints.IndexesOfAddresses(addresses).Where(range => !map.Occupied.ByPods.Contains(range));

    private static int[] Outside(ReachabilityMap map, EndpointPattern pattern)
    {
        var occupied = pattern.MayBeNodes ? map.Occupied.ByPods : map.Occupied.ByPodsOrNodes;
        return [.. pattern.Outside.SelectMany(map.Endpoints.IndexesOfAddresses).Distinct().Where(range => !occupied.Contains(range))];
    }

    /// <summary>Null where it names no node; none where no address of the node is known.</summary>
    private static int[]? OfNodes(ReachabilityMap map, EndpointPattern pattern) => pattern.IsNode && map.Nodes.Names.Any(pattern.MatchesNode)
        ? [.. pattern.NodeAddresses(map.Nodes).Select(map.Endpoints.IndexOfAddress).Distinct().Order()]
        : null;

    private static ObjectReference[] WorkloadsOf(ReachabilityMap map, int[] pods) => [.. pods.Select(pod => map.Endpoints[pod].Owner).Distinct()];

    /// <summary>Ascending.</summary>
    private static int[] Pods(ReachabilityMap map, EndpointPattern pattern)
    {
        var candidates = pattern.Candidates(map.Names, out var areMeant) ?? OfNamespace(map, pattern) ?? [.. Enumerable.Range(0, map.Endpoints.PodCount)];
        return areMeant ? candidates : Meant(map, pattern, candidates);
    }

    /// <summary>Where a pattern is all of a namespace, the pods there and those on the host network, which may be there.</summary>
    private static int[]? OfNamespace(ReachabilityMap map, EndpointPattern pattern)
    {
        if (pattern.WholeNamespace(map.Names) is not { } ns)
            return null;
        var (start, end) = map.Endpoints.InNamespace(ns);
        var selectable = map.Endpoints.SelectableCount;
        return [.. Enumerable.Range(start, end - start), .. Enumerable.Range(selectable, map.Endpoints.PodCount - selectable)];
    }

    private static int[] Meant(ReachabilityMap map, EndpointPattern pattern, int[] candidates) =>
        Array.FindAll(candidates, pod => pattern.Matches(map.Endpoints[pod]));
}
