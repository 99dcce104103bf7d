using NetPolTools.Objects;

namespace NetPolTools.Exposure;

/// <summary>
/// What the policies of namespaces do with pods in them: the same for all that name nobody, so that namespaces whose policies select the same are one to every
/// workload that their rules do not name. Not thread safe.
/// </summary>
/// <param name="table">The namespaces.</param>
/// <param name="sides">The cluster; of a comparison, both.</param>
/// <param name="own">The direction of pods in these namespaces.</param>
internal sealed class NamespaceClasses(NamespaceTable table, IReadOnlyList<ExposureSide> sides, PolicyDirection own)
{
    /// <summary>The class of all namespaces whose policies isolate every pod.</summary>
    public const int Isolated = 0;

    private readonly NamingIndex[] _naming = [.. sides.Select((side, s) => new NamingIndex(table, side, s, own))];
    private readonly Dictionary<string, int> _classes = [];
    private readonly int?[] _ofNamespaces = new int?[table.Count];

    /// <summary>The direction of pods in the namespaces.</summary>
    public PolicyDirection Own => own;

    /// <summary>The namespaces with a rule that names a pod of a workload.</summary>
    /// <param name="workloads">The workload in each of the clusters; null where it is not there.</param>
    public HashSet<int> NamersOf(ExposedWorkload?[] workloads) =>
        [.. workloads.SelectMany((workload, s) => workload is null ? [] : _naming[s].NamersOf(workload))];

    /// <summary>Of namespaces that name nobody of a workload, those of one class are alike to it.</summary>
    public int ClassOf(int ns) => _ofNamespaces[ns] ??= Find(ns);

    private int Find(int ns)
    {
        PoliciesOfNamespace[] policies = [.. sides.Select((side, s) => side.PoliciesOf(table.In(s, ns), own))];
        if (Array.TrueForAll(policies, static found => found.IsolateAll))
            return Isolated;
        var text = string.Join('/', policies.Select(static found => found.Text));
        if (!_classes.TryGetValue(text, out var number))
            _classes.Add(text, number = _classes.Count + 1);
        return number;
    }
}
