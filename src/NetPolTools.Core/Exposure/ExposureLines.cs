using NetPolTools.Listing;
using NetPolTools.Objects;
using NetPolTools.Policies;

namespace NetPolTools.Exposure;

/// <summary>What was found of a place, before it is told whose it is.</summary>
/// <param name="Grade">As in <see cref="ExposureLine"/>.</param>
/// <param name="NamespaceSelector">As in <see cref="ExposureLine"/>.</param>
/// <param name="Namespaces">As in <see cref="ExposureLine"/>.</param>
/// <param name="Except">As in <see cref="ExposureLine"/>.</param>
/// <param name="PodSelector">As in <see cref="ExposureLine"/>.</param>
/// <param name="Value">What is allowed.</param>
/// <param name="Example">A pod that is meant.</param>
/// <param name="IsCut">As in <see cref="ExposureLine"/>.</param>
/// <param name="Existing">Of namespaces by their labels, those that exist and are meant; of any namespace null.</param>
internal sealed record FoundExposure(
    ExposureGrade Grade,
    string NamespaceSelector,
    IReadOnlyList<string> Namespaces,
    IReadOnlyList<string> Except,
    string PodSelector,
    ExposureValue Value,
    PlacedAtom Example,
    bool IsCut,
    IReadOnlyList<string>? Existing)
{
    /// <summary>The same as a line about a workload.</summary>
    public ExposureLine ToLine(ConnectionEnd workload, PolicyDirection direction) => new(workload, direction, Grade)
    {
        NamespaceSelector = NamespaceSelector,
        Namespaces = Namespaces,
        Except = Except,
        PodSelector = PodSelector,
        Ports = Value.Ports,
        Undetermined = Value.Undetermined,
        Example = Example.Pod.ToString(),
        IsCut = IsCut,
    };
}

/// <summary>
/// Merges what is allowed with atoms to few lines: what holds in namespaces that do not exist yet is told by their labels, and namespaces that exist have lines
/// of their own only where it is otherwise in them.
/// </summary>
/// <param name="plan">Has the places.</param>
/// <param name="labelsOf">The labels of a namespace that exists.</param>
internal sealed class ExposureLines(ExposurePlan plan, Func<string, LabelSet> labelsOf)
{
    private readonly LabelSpace _space = plan.Space;
    private readonly LabelCover _cover = new(plan.Space);

    /// <summary>The widest first.</summary>
    /// <param name="valueOf">What is allowed with an atom.</param>
    public IReadOnlyList<FoundExposure> Merge(Func<PlacedAtom, ExposureValue> valueOf)
    {
        PlaceValues[] places = [.. plan.Places.Select(place => new PlaceValues(place, valueOf))];
        var ofNew = places[0];
        var cubes = ofNew.Values
            .SelectMany(value => _cover.Of(ofNew.With(value), ofNew.Without(value)).Select(box => new Cube(box, OfPods(box), value)))
            .ToArray();
        var found = new List<FoundExposure>();
        foreach (var place in places.Skip(1))
        {
            // The labels that anything asks for are the same in all of them.
            AddExisting(place, MeantBy(cubes, place.Place.Example!), found);
        }

        return
        [
            .. cubes.Select(cube => Line(cube, ofNew)).Concat(Joined(found))
                .OrderBy(static line => line.Grade)
                .ThenBy(static line => line.NamespaceSelector, StringComparer.Ordinal)
                .ThenBy(static line => line.PodSelector, StringComparer.Ordinal),
        ];
    }

    private void AddExisting(PlaceValues place, IEnumerable<Cube> cubes, List<FoundExposure> found)
    {
        var told = cubes.ToLookup(cube => place.IsEverywhere(cube.Pods, cube.Value));
        foreach (var cube in told[false])
            cube.Except.AddRange(place.Place.Members.Value);
        foreach (var cube in told[true])
            cube.Existing.AddRange(place.Place.Members.Value);
        foreach (var value in place.Values)
        {
            var boxes = _cover.Rest(place.With(value), told[true].Where(cube => cube.Value == value).Select(static cube => cube.Pods)).ToArray();
            if (boxes.Length == 0)
                continue;
            found.AddRange(_cover.Of(boxes, place.Without(value)).Select(box => new FoundExposure(
                place.Place.IsOwn ? ExposureGrade.OwnNamespace : ExposureGrade.NamedNamespaces,
                "",
                place.Place.Members.Value,
                [],
                LabelBoxText.OfPods(box, _space),
                value,
                place.ExampleOf(box, value),
                place.Place.IsCut,
                place.Place.Members.Value)));
        }
    }

    private FoundExposure Line(Cube cube, PlaceValues ofNew)
    {
        var selector = LabelBoxText.OfNamespaces(cube.Box, _space);
        return new FoundExposure(
            selector.Length == 0 ? ExposureGrade.Anywhere : ExposureGrade.LabelledNamespaces,
            selector,
            [],
            [.. cube.Except.Order(StringComparer.Ordinal)],
            LabelBoxText.OfPods(cube.Box, _space),
            cube.Value,
            ofNew.ExampleOf(cube.Box, cube.Value),
            plan.IsCut,
            selector.Length == 0 ? null : [.. cube.Existing.Order(StringComparer.Ordinal)]);
    }

    /// <summary>Namespaces of which the same is told are told of together.</summary>
    private static IEnumerable<FoundExposure> Joined(List<FoundExposure> found) => found
        .GroupBy(static line => (line.Grade, line.PodSelector, line.Value))
        .Select(static same => same.First() with
        {
            Namespaces = [.. same.SelectMany(static line => line.Namespaces).Distinct().Order(StringComparer.Ordinal)],
            Existing = [.. same.SelectMany(static line => line.Namespaces).Distinct().Order(StringComparer.Ordinal)],
            IsCut = same.Any(static line => line.IsCut),
        });

    /// <summary>Those that mean a namespace by its labels.</summary>
    private IEnumerable<Cube> MeantBy(Cube[] cubes, string name)
    {
        var labels = labelsOf(name);
        return cubes.Where(cube => _space.Allows(cube.Box, LabelOwner.Namespace, labels));
    }

    /// <summary>The box without what it asks of namespaces.</summary>
    private LabelBox OfPods(LabelBox box)
    {
        for (var key = 0; key < _space.Count; key++)
        {
            if (_space.KeyOf(key).Owner == LabelOwner.Namespace && box[key] is not null)
                box = box.With(key, null);
        }

        return box;
    }

    /// <summary>A box of labels of new namespaces and pods in them.</summary>
    private sealed record Cube(LabelBox Box, LabelBox Pods, ExposureValue Value)
    {
        /// <summary>Namespaces that it means by their labels, and in which something else is allowed.</summary>
        public List<string> Except { get; } = [];

        /// <summary>Namespaces that it means by their labels, and in which the same is allowed.</summary>
        public List<string> Existing { get; } = [];
    }
}
