using System.Globalization;

namespace NetPolTools.Dialects.Calico;

/// <summary>An item of <c>ports</c> or <c>notPorts</c>: a range of numbers, both ends inclusive, or a port's name (api/pkg/lib/numorstring/port.go).</summary>
/// <param name="First">0-65535; 0 for a name.</param>
/// <param name="Last">The same as <paramref name="First"/> for one port.</param>
/// <param name="Name">Null for numbers.</param>
public readonly record struct CalicoPort(int First, int Last, string? Name)
{
    public int First { get; } = First;

    public int Last { get; } = Last;

    public string? Name { get; } = Name;

    public CalicoPort(int number)
        : this(number, number, null)
    {
    }

    public CalicoPort(string name)
        : this(0, 0, name)
    {
    }

    /// <summary><c>80</c>, <c>6000:7000</c> or <c>http</c>, as manifests have it.</summary>
    public override string ToString()
    {
        if (Name is not null)
            return Name;
        return First == Last ? First.ToString(CultureInfo.InvariantCulture) : string.Create(CultureInfo.InvariantCulture, $"{First}:{Last}");
    }
}
