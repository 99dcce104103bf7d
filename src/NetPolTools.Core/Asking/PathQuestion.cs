using NetPolTools.Diagnostics;
using NetPolTools.Listing;
using NetPolTools.Paths;
using NetPolTools.Reachability;
using NetPolTools.Services;
using NetPolTools.Sets;

namespace NetPolTools.Asking;

/// <summary>From a workload that somebody has taken over, or from outside the cluster, what comes into reach, hop by hop, and by which paths?</summary>
/// <param name="From">
/// Workloads or pods that it starts from, Services, which mean the workloads behind them, pods that do not exist yet, or addresses outside the cluster; at
/// least one.
/// </param>
public sealed record PathQuestion(IReadOnlyList<EndpointPattern> From)
{
    /// <summary>The workloads or pods that paths are wanted to, or Services, which mean the workloads behind them; empty for all.</summary>
    public IReadOnlyList<EndpointPattern> To { get; init; } = [];

    /// <summary>Where names without a namespace are looked for, with wildcards; empty for everywhere. Paths may lead through all namespaces.</summary>
    public IReadOnlyList<string> Namespaces { get; init; } = [];

    public Assumptions Assumptions { get; init; } = new();

    /// <inheritdoc cref="ReachQuestion.Ask"/>
    public Answer<BlastRadius> Ask(ClusterEvaluator cluster, QuestionWords words, CancellationToken cancellation = default)
    {
        var findings = Findings.Of(words, (QuestionPart.Input, cluster.Snapshot));
        if (findings.ArePreventing)
            return findings.GiveNone<BlastRadius>();
        cluster = NewPods.AddTo(cluster, From.Concat(To), findings);
        findings.Add(cluster.Evaluate(Assumptions).Diagnostics);
        findings.Add(cluster.FindingsOfStaged(Assumptions));
        findings.AddUnknownNamespaces(Namespaces, needed: Namespaces.Count);
        if (findings.ArePreventing)
            return findings.GiveNone<BlastRadius>();
        var map = cluster.Map(Assumptions, cancellation);
        findings.AddPolicies(map);
        var lister = new ConnectionLister(map, new ConnectionQuery(), cluster.EntrancesOf(map));
        findings.Add(lister.Diagnostics.Where(static diagnostic => diagnostic.Id == DiagnosticId.UnknownPodAddress));
        OutsideStart?[] outside = [.. From.Select(pattern => OutsideOf(map, pattern.In(Namespaces)))];
        var starts = Meant(QuestionPart.From, From, outside);
        var targets = To.Count == 0 ? null : Meant(QuestionPart.To, To, new OutsideStart?[To.Count]);
        if (findings.ArePreventing)
            return findings.GiveNone<BlastRadius>();
        return findings.Give(() => new BlastRadius(
            map, lister, starts, targets, cancellation, OutsideStart.Together(map, [.. outside.OfType<OutsideStart>()])));

        int[] Meant(QuestionPart part, IReadOnlyList<EndpointPattern> patterns, OutsideStart?[] outside)
        {
            var meant = new HashSet<int>();
            var unmatched = new List<EndpointPattern>();
            foreach (var (pattern, addresses) in patterns.Zip(outside))
            {
                var there = pattern.In(Namespaces);
                if (pattern.IsService)
                {
                    meant.UnionWith(Behind(there));
                    continue;
                }

                var matched = Enumerable.Range(0, lister.Groups.Length).Where(group => there.Matches(lister.Groups[group], map.Endpoints)).ToArray();
                meant.UnionWith(matched);
                if (matched.Length == 0 && addresses is null)
                    unmatched.Add(pattern);
            }

            findings.AddUnmatched(part, patterns, unmatched);
            return [.. meant.Order()];
        }

        // Whoever reaches a Service reaches the workloads behind it: policies are about these.
        IEnumerable<int> Behind(EndpointPattern service)
        {
            var problems = new List<(EndpointPattern Name, Diagnostic Problem)>();
            var pods = ServiceDestinations.Resolve(map, service, AskedPorts.All, problems).Ports.Keys.Where(end => end < map.Endpoints.PodCount).ToHashSet();
            foreach (var (name, problem) in problems)
            {
                findings.Prevent();
                findings.Add(problem, name.ToString());
            }

            return Enumerable.Range(0, lister.Groups.Length).Where(group => pods.Overlaps(lister.Groups[group].Members));
        }
    }

    /// <summary>The addresses outside that a pattern names; null for none.</summary>
    private static OutsideStart? OutsideOf(ReachabilityMap map, EndpointPattern pattern)
    {
        var named = pattern.AsWord(map) is { Outside.Count: > 0 } word ? word : pattern;
        IReadOnlyList<AddressRange> ranges = named.Addresses is { } range ? [range] : named.Outside;
        return ranges.Count == 0 ? null : OutsideStart.Of(map, pattern.ToString(), ranges);
    }
}
