using System.Collections;
using System.Management.Automation;
using NetPolTools.Sets;

namespace NetPolTools.Output;

/// <summary>
/// The ports of a connection, as a list that cannot be changed. Reads as <c>TCP 80,8000-8100 UDP 53</c>, <c>All</c> or <c>None</c>. Each element is the
/// text of a range, such as <c>TCP 8000-8100</c>, with the properties Protocol, From and To; <c>All</c> alone stands for every port of every protocol. That is
/// also what ConvertTo-Json writes.
/// </summary>
public sealed class NetPolPorts : IReadOnlyList<PSObject>, IList, IEquatable<NetPolPorts>
{
    // Made when somebody looks: a listing may have a million lines.
    private PSObject[]? _elements;

    internal NetPolPorts(PortSet set)
    {
        Set = set;
    }

    public int Count => Set.IsAll ? 1 : Set.Parts().Count();

    internal PortSet Set { get; }

    bool ICollection.IsSynchronized => false;

    object ICollection.SyncRoot => this;

    bool IList.IsFixedSize => true;

    bool IList.IsReadOnly => true;

    private PSObject[] Elements => _elements ??= [.. Set.IsAll ? [Element("All", "Any", PortSet.MinPort, PortSet.MaxPort)] : Set.Parts().Select(Element)];

    public PSObject this[int index] => Elements[index];

    object? IList.this[int index]
    {
        get => Elements[index];
        set => throw Unchangeable();
    }

    /// <param name="protocol">TCP, UDP, SCTP, ICMP or Other.</param>
    /// <param name="port">1-65535; of ICMP the type of a message, of other protocols their IP protocol number, 0-255.</param>
    public bool Contains(Protocol protocol, int port) => Set.Contains(protocol, port);

    /// <summary>Whether any protocol has the port.</summary>
    public bool Contains(int port) => Protocols.WithPorts.Any(protocol => Set.Contains(protocol, port));

    public IEnumerator<PSObject> GetEnumerator() => ((IEnumerable<PSObject>)Elements).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => Elements.GetEnumerator();

    public bool Equals(NetPolPorts? other) => other is not null && Set.Equals(other.Set);

    public override bool Equals(object? obj) => obj switch
    {
        PSObject wrapped => Equals(wrapped.BaseObject),
        string text => string.Equals(ToString(), text, StringComparison.OrdinalIgnoreCase),
        _ => Equals(obj as NetPolPorts),
    };

    public override int GetHashCode() => Set.GetHashCode();

    public override string ToString() => Set.ToString();

    bool IList.Contains(object? value) => ((IList)this).IndexOf(value) >= 0;

    int IList.IndexOf(object? value) => Array.FindIndex(Elements, element => element.BaseObject.Equals(value is PSObject wrapped ? wrapped.BaseObject : value));

    void ICollection.CopyTo(Array array, int index) => Elements.CopyTo(array, index);

    int IList.Add(object? value) => throw Unchangeable();

    void IList.Clear() => throw Unchangeable();

    void IList.Insert(int index, object? value) => throw Unchangeable();

    void IList.Remove(object? value) => throw Unchangeable();

    void IList.RemoveAt(int index) => throw Unchangeable();

    private static PSObject Element(TrafficRange range) => Element(range.ToString(), range.Protocol, range.First, range.Last);

    /// <summary>A text with properties: as an object of its own, most lists of connections would be too deep for ConvertTo-Json.</summary>
    private static PSObject Element(string text, string protocol, int first, int last)
    {
        var element = new PSObject(text);
        foreach (var (name, value) in new (string, object)[] { ("Protocol", protocol), ("From", first), ("To", last) })
            element.Properties.Add(new PSVariableProperty(new PSVariable(name, value, ScopedItemOptions.Constant)));
        return element;
    }

    private static NotSupportedException Unchangeable() => new("The ports of an answer cannot be changed.");
}
