using NetPolTools.Objects;
using NetPolTools.Text;

namespace NetPolTools.Causes;

/// <summary>What became of an object between two states of a cluster.</summary>
public enum ChangeOfObject
{
    Added,
    Removed,
    Changed,
}

/// <summary>One change between two states of a cluster that can be undone by itself.</summary>
/// <param name="Kind">What became of the object.</param>
/// <param name="Object">
/// A policy, Namespace, Service or any other object; a workload stands for its pods too, and the network plugin is one object whatever it is made of.
/// </param>
/// <param name="Details">What is different, in words; empty where the object is new or gone, and where it would be too long to tell.</param>
/// <param name="Location">Where it stands in the later state, or, where it is gone, in the earlier one.</param>
public sealed record SnapshotChange(ChangeOfObject Kind, ObjectReference Object, IReadOnlyList<string> Details, SourceLocation Location)
{
    /// <summary>The kind under which the network plugin is told.</summary>
    public const string PluginKind = "NetworkPlugin";

    /// <summary><c>+</c>, <c>-</c> or <c>~</c>, as differences have them before names.</summary>
    public char Sign => Kind switch { ChangeOfObject.Added => '+', ChangeOfObject.Removed => '-', _ => '~' };

    /// <summary><c>~NetworkPolicy shop/db (policies.yaml:38:1)</c>, <c>~Namespace shop: team=red -> team=blue</c>.</summary>
    public override string ToString()
    {
        var place = Location is { IsKnown: true, Line: > 0 } ? $" ({Location})" : "";
        return $"{Sign}{(Object.Kind == PluginKind ? "network plugin" : Object)}{place}{(Details.Count > 0 ? ": " + string.Join(", ", Details) : "")}";
    }
}
