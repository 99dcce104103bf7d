using NetPolTools.Isolation;

namespace NetPolTools.Reports;

/// <summary>Names of policies in one cell, with blanks between them: <c>default-deny web-from-nginx ClusterNetworkPolicy/no-db</c>.</summary>
internal static class PolicyNameCell
{
    /// <summary>In a table. Nobody reads on, and in one namespace under thousands of policies each line would have thousands of names.</summary>
    private const int MostInTable = 10;

    public static string Of(IReadOnlyList<string> names)
    {
        var joined = string.Join(' ', names);
        return joined.AsSpan().Count(' ') < Math.Max(1, names.Count) ? joined : string.Join(' ', names.Select(static name => name.Replace(' ', '/')));
    }

    public static string ForTable(WorkloadIsolation isolation) => ForTable(isolation.FirstPolicyNames(MostInTable), isolation.PolicyCount);

    public static string ForTable(NamespaceIsolation isolation)
    {
        string[] names = [.. isolation.IngressDefaultNames.Union(isolation.EgressDefaultNames)];
        return ForTable([.. names.Take(MostInTable)], names.Length);
    }

    private static string ForTable(IReadOnlyList<string> first, int count) => count == first.Count ? Of(first) : $"{Of(first)} and {count - first.Count} more";
}
