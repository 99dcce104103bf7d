using NetPolTools.Sets;

namespace NetPolTools.Exposure;

/// <summary>What policies allow between a workload and pods to come.</summary>
/// <param name="Ports">For sure.</param>
/// <param name="Undetermined">Perhaps.</param>
internal readonly record struct ExposureValue(PortSet Ports, PortSet Undetermined)
{
    public static readonly ExposureValue Nothing = new(PortSet.None, PortSet.None);

    public bool IsNothing => Ports.IsEmpty && Undetermined.IsEmpty;
}

/// <summary>A place, and what is allowed with each of its atoms.</summary>
internal sealed class PlaceValues
{
    private readonly (PlacedAtom Atom, ExposureValue Value)[] _values;

    public PlaceValues(ExposurePlace place, Func<PlacedAtom, ExposureValue> valueOf)
    {
        Place = place;
        _values = [.. place.Atoms.Select(atom => (atom, valueOf(atom)))];
    }

    public ExposurePlace Place { get; }

    /// <summary>Everything that is allowed with some labels.</summary>
    public IEnumerable<ExposureValue> Values => _values.Select(static entry => entry.Value).Where(static value => !value.IsNothing).Distinct();

    /// <summary>The labels with which exactly this is allowed.</summary>
    public IReadOnlyList<LabelBox> With(ExposureValue value) =>
        [.. _values.Where(entry => entry.Value == value).SelectMany(static entry => entry.Atom.Atom.Boxes)];

    /// <summary>The labels with which anything else is.</summary>
    public IReadOnlyList<LabelBox> Without(ExposureValue value) =>
        [.. _values.Where(entry => entry.Value != value).SelectMany(static entry => entry.Atom.Atom.Boxes)];

    /// <summary>A pod with labels of a box with which exactly this is allowed.</summary>
    public PlacedAtom ExampleOf(LabelBox box, ExposureValue value) =>
        _values.First(entry => entry.Value == value && box.Overlaps(entry.Atom.Atom.Boxes)).Atom;

    /// <summary>Whether exactly this is allowed with all labels of a box.</summary>
    public bool IsEverywhere(LabelBox box, ExposureValue value) =>
        Array.TrueForAll(_values, entry => entry.Value == value || !box.Overlaps(entry.Atom.Atom.Boxes));
}
