using NetPolTools.Objects;
using NetPolTools.Policies;
using NetPolTools.Sets;
using NetPolTools.Snapshot;

namespace NetPolTools.Reachability;

/// <summary>The selectable pods by the service account that they run as. Immutable.</summary>
internal sealed class PodsOfServiceAccounts
{
    private readonly (string Name, LabelSet? Labels, IndexSet Pods)[] _accounts;

    public PodsOfServiceAccounts(ClusterSnapshot snapshot, EndpointTable endpoints)
    {
        var labels = snapshot.ServiceAccounts.Where(static account => !account.Metadata.IsNameGenerated)
            .ToDictionary(static account => (account.Metadata.Namespace!, account.Name), static account => account.Metadata.Labels);
        _accounts =
        [
            .. Enumerable.Range(0, endpoints.SelectableCount)
                .GroupBy(pod => (endpoints[pod].Namespace, endpoints[pod].Spec.ServiceAccount))
                .Select(group => (group.Key.ServiceAccount, LabelsOf(group.Key), SetOf(group))),
        ];

        // Every namespace is given one of this name, without labels; it mostly is in no manifest.
        LabelSet? LabelsOf((string, string ServiceAccount) key) => labels.TryGetValue(key, out var known) ? known
            : key.ServiceAccount == PodSpec.DefaultServiceAccount ? LabelSet.Empty
            : null;
    }

    public IndexSet Select(LabelPredicate.HasServiceAccount accounts) =>
        IndexSet.UnionOf([.. _accounts.Where(account => accounts.Holds(account.Name)).Select(static account => account.Pods)]);

    /// <summary>By a label of the account. One that is not in the input has labels that nobody knows.</summary>
    public EndpointMatch Select(LabelPredicate.Label label)
    {
        var must = IndexSet.UnionOf([.. _accounts
            .Where(account => account.Labels is { } labels && labels.TryGet(label.Key, out var value) && label.Holds(value))
            .Select(static account => account.Pods)]);
        var unknown = IndexSet.UnionOf([.. _accounts.Where(static account => account.Labels is null).Select(static account => account.Pods)]);
        return unknown.IsEmpty ? new EndpointMatch(must) : new EndpointMatch(must, must.Union(unknown));
    }

    private static IndexSet SetOf(IEnumerable<int> ascending)
    {
        var builder = new IndexSet.Builder();
        foreach (var member in ascending)
            builder.Add(member);
        return builder.Build();
    }
}
