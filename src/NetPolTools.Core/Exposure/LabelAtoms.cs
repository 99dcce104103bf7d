using NetPolTools.Policies;

namespace NetPolTools.Exposure;

/// <summary>Labels that no condition tells from each other.</summary>
/// <param name="Boxes">Disjoint, at least one.</param>
internal sealed record LabelAtom(IReadOnlyList<LabelBox> Boxes);

/// <summary>The atoms that conditions cut labels into: for each of them, each condition holds for all labels in it or for none.</summary>
internal sealed class LabelAtoms
{
    /// <summary>Labels that many keys distinguish make more atoms than anybody can look at.</summary>
    public const int Most = 512;

    private const int MostBoxes = 4096;

    private LabelAtoms(IReadOnlyList<LabelAtom> atoms, bool isCut)
    {
        Atoms = atoms;
        IsCut = isCut;
    }

    /// <summary>Disjoint; together they are what was cut up.</summary>
    public IReadOnlyList<LabelAtom> Atoms { get; }

    /// <summary>Whether there would be too many, so that the last conditions were not looked at: they may hold for a part of an atom.</summary>
    public bool IsCut { get; }

    /// <param name="space">Of all conditions.</param>
    /// <param name="start">What is cut up.</param>
    /// <param name="conditions">The most important ones first.</param>
    public static LabelAtoms Of(LabelSpace space, LabelBox start, IEnumerable<LabelPredicate> conditions)
    {
        List<LabelAtom> atoms = [new([start])];
        foreach (var condition in conditions)
        {
            var cut = new List<LabelAtom>(atoms.Count);
            foreach (var atom in atoms)
            {
                LabelBox[] inside = [.. atom.Boxes.SelectMany(box => space.Split(box, condition, true))];
                LabelBox[] outside = [.. atom.Boxes.SelectMany(box => space.Split(box, condition, false))];
                if (inside.Length == 0 || outside.Length == 0)
                {
                    cut.Add(atom);
                    continue;
                }

                cut.Add(new LabelAtom(inside));
                cut.Add(new LabelAtom(outside));
            }

            if (cut.Count > Most || cut.Sum(static atom => atom.Boxes.Count) > MostBoxes)
                return new LabelAtoms(atoms, true);
            atoms = cut;
        }

        return new LabelAtoms(atoms, false);
    }
}
