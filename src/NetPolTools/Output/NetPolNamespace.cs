using NetPolTools.Objects;

namespace NetPolTools.Output;

/// <summary>A namespace of a cluster.</summary>
public sealed class NetPolNamespace : NetPolObject
{
    internal NetPolNamespace(Namespace ns)
        : base(ns)
    {
        Name = ns.Name;
        Labels = ns.Metadata.Labels.ToString();
        IsOnlyMentioned = ns.IsOnlyMentioned;
        Location = Place(ns);
    }

    public string Name { get; }

    /// <summary><c>env=prod,team=web</c>; the label that repeats the name is among them.</summary>
    public string Labels { get; }

    /// <summary>Whether only other objects name it: its labels are then not known.</summary>
    public bool IsOnlyMentioned { get; }

    /// <summary>As file:line:column; empty where it came from no file.</summary>
    public string Location { get; }
}
