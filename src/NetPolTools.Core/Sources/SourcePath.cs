using System.Globalization;

namespace NetPolTools.Sources;

/// <summary>Finds fields by paths as the API server writes them: <c>spec.ingress[0].from[1]</c>.</summary>
public static class SourcePath
{
    /// <summary>The value at a path below a node; null where there is none.</summary>
    public static SourceNode? Find(SourceNode root, string path) => Walk(root, path) is { Count: > 0 } nodes ? nodes[^1] : null;

    /// <summary>Every node from the root down to the value at a path; empty where the path leads nowhere, or through an alias.</summary>
    public static IReadOnlyList<SourceNode> Walk(SourceNode root, string path)
    {
        var nodes = new List<SourceNode> { root };
        var rest = path.AsSpan();
        while (rest.Length > 0)
        {
            var next = rest[0] == '[' ? Item(nodes[^1], ref rest) : Field(nodes[^1], ref rest);
            if (next is null)
                return [];
            nodes.Add(next);
        }

        return nodes;
    }

    private static SourceNode? Item(SourceNode node, ref ReadOnlySpan<char> rest)
    {
        var end = rest.IndexOf(']');
        if (end < 0 || !int.TryParse(rest[1..end], NumberStyles.None, CultureInfo.InvariantCulture, out var index) || index >= node.Items.Count)
            return null;
        rest = rest[(end + 1)..];
        if (rest.Length > 0 && rest[0] == '.')
            rest = rest[1..];
        return node.Items[index];
    }

    /// <summary>Keys hold dots, as those of labels do: the longest that fits is meant.</summary>
    private static SourceNode? Field(SourceNode node, ref ReadOnlySpan<char> rest)
    {
        SourceEntry? found = null;
        foreach (var entry in node.Entries)
        {
            var key = entry.Key.Value;
            if (entry.Key.Kind == SourceNodeKind.Scalar && key.Length > (found?.Key.Value.Length ?? 0) && rest.StartsWith(key)
                && (rest.Length == key.Length || rest[key.Length] is '.' or '['))
            {
                found = entry;
            }
        }

        if (found is null)
            return null;
        rest = rest[found.Key.Value.Length..];
        if (rest.Length > 0 && rest[0] == '.')
            rest = rest[1..];
        return found.Value;
    }
}
