namespace NetPolTools.Module.Tests.Support;

/// <summary>
/// Which namespace may use which: only those of the layers before its own, and none beside it. An entry that ends in <c>.*</c> stands for every
/// namespace below that name, each of which may use none of the others.
/// </summary>
/// <param name="root">What the names of all namespaces begin with.</param>
/// <param name="rows">The layers, the lowest first; the names come without the root.</param>
internal sealed class Layers(string root, string[][] rows)
{
    private readonly Dictionary<string, int> _layers = rows
        .SelectMany(static (row, i) => row.Select(name => (Name: name, Layer: i + 1)))
        .ToDictionary(static place => place.Name, static place => place.Layer);

    /// <summary>The layer of a namespace, from 1; null where it is not listed.</summary>
    public int? LayerOf(string @namespace)
    {
        if (!IsInside(@namespace))
            return null;
        var name = Short(@namespace);
        if (_layers.TryGetValue(name, out var layer))
            return layer;
        var dot = name.LastIndexOf('.');
        return dot > 0 && _layers.TryGetValue(name[..dot] + ".*", out layer) ? layer : null;
    }

    /// <summary>The namespaces of the assembly that no layer lists.</summary>
    public IEnumerable<string> Unlisted(IEnumerable<string> namespaces) => namespaces.Where(name => LayerOf(name) is null);

    /// <summary>The names that are listed and in no assembly.</summary>
    public IEnumerable<string> Gone(IReadOnlyCollection<string> namespaces) =>
        _layers.Keys.Where(name => !name.EndsWith(".*", StringComparison.Ordinal) && !namespaces.Any(found => IsInside(found) && Short(found) == name));

    /// <summary>The uses that go up or sideways: <c>Objects.NetworkPolicy → Reading.SourceLocation: Objects is layer 3, Reading 6</c>.</summary>
    public IEnumerable<string> Broken(IEnumerable<(string User, string Used)> uses) =>
        from use in uses
        let user = NamespaceOf(use.User)
        let used = NamespaceOf(use.Used)
        where user != used && LayerOf(used) >= LayerOf(user)
        orderby use
        select $"{Short(use.User)} → {Short(use.Used)}: {Short(user)} is layer {LayerOf(user)}, {Short(used)} {LayerOf(used)}";

    /// <summary>A line for each layer.</summary>
    public override string ToString() => string.Join('\n', rows.Select(static row => string.Join(", ", row)));

    private bool IsInside(string name) => name == root || name.StartsWith(root + ".", StringComparison.Ordinal);

    private string Short(string name) => name == root ? "" : name[(root.Length + 1)..];

    private static string NamespaceOf(string type) => type.LastIndexOf('.') is var dot and >= 0 ? type[..dot] : "";
}
