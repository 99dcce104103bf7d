using System.Globalization;
using NetPolTools.Text;

namespace NetPolTools.Snapshot;

/// <summary>What was read, from where and in how long, for those who want to see it.</summary>
public static class ReadingSummary
{
    private const int MostInputs = 5;
    private const string EntranceName = "ingress or route";

    /// <param name="snapshot">What came of the reading.</param>
    /// <param name="inputs">Files, streams and clusters, as locations name them.</param>
    /// <param name="elapsed">How long the reading took.</param>
    public static IEnumerable<string> Of(ClusterSnapshot snapshot, IReadOnlyCollection<string> inputs, TimeSpan elapsed)
    {
        var from = inputs.Count == 0 ? "" : $" from {Wording.List(inputs, MostInputs)}";
        (int Count, string What)[] counts =
        [
            (snapshot.Namespaces.Count(static ns => !ns.IsOnlyMentioned), "namespace"),
            (snapshot.Nodes.Count, "node"),
            (snapshot.Workloads.Count, "workload"),
            (snapshot.Pods.Count, "pod"),
            (snapshot.NetworkPolicies.Count, "network policy"),
            (snapshot.PolicyObjects.Count, "other policy"),
            (snapshot.Services.Count, "service"),
            (snapshot.Entrances.Count, EntranceName),
        ];
        var read = counts.Where(static count => count.Count > 0)
            .Select(static count => Wording.Count(count.Count, count.What, count.What == EntranceName ? "ingresses and routes" : null)).ToArray();
        yield return $"Read {(read.Length == 0 ? "nothing" : string.Join(", ", read))}{from} in "
            + $"{elapsed.TotalSeconds.ToString("0.00", CultureInfo.InvariantCulture)} s.";
        if (snapshot.SkippedKinds.Count > 0)
        {
            var skipped = snapshot.SkippedKinds.OrderBy(static kind => kind.Key, StringComparer.Ordinal).Select(static kind => $"{kind.Value} {kind.Key}");
            yield return $"Passed over, since they say nothing about traffic: {string.Join(", ", skipped)}.";
        }
    }
}
