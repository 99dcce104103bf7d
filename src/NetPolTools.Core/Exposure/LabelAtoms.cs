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
    public static LabelAtoms Of(LabelSpace space, LabelBox start, IEnumerable<LabelPredicate> conditions) => Of(space, start, [], conditions, true);

    /// <param name="space">Of all conditions.</param>
    /// <param name="start">What is cut up.</param>
    /// <param name="first">Conditions that are looked at first.</param>
    /// <param name="further">Conditions that may tell labels further apart, the most important ones first.</param>
    /// <param name="inAll">Whether they do so everywhere; otherwise only where some of the first conditions holds.</param>
    public static LabelAtoms Of(
        LabelSpace space, LabelBox start, IEnumerable<LabelPredicate> first, IEnumerable<LabelPredicate> further, bool inAll)
    {
        List<(LabelAtom Atom, bool IsOpen)> atoms = [(new LabelAtom([start]), inAll)];
        foreach (var (condition, isFirst) in first.Select(static condition => (condition, true)).Concat(further.Select(static condition => (condition, false))))
        {
            var cut = new List<(LabelAtom, bool)>(atoms.Count);
            var boxes = 0;
            foreach (var (atom, isOpen) in atoms)
            {
                if (!isFirst && !isOpen)
                {
                    Add(atom, isOpen);
                    continue;
                }

                // Most conditions leave most atoms whole.
                if (!MayMeet(space, atom, condition, true))
                {
                    Add(atom, isOpen);
                    continue;
                }

                if (!MayMeet(space, atom, condition, false))
                {
                    Add(atom, isOpen || isFirst);
                    continue;
                }

                var inside = space.Split(atom.Boxes, condition, true);
                var outside = inside.Length == 0 ? [] : space.Split(atom.Boxes, condition, false);
                if (inside.Length == 0 || outside.Length == 0)
                {
                    Add(atom, isOpen || (isFirst && inside.Length > 0));
                    continue;
                }

                Add(new LabelAtom(inside), isOpen || isFirst);
                Add(new LabelAtom(outside), isOpen);
            }

            if (cut.Count > Most || boxes > MostBoxes)
                return new LabelAtoms([.. atoms.Select(static found => found.Atom)], true);
            atoms = cut;

            void Add(LabelAtom atom, bool isOpen)
            {
                cut.Add((atom, isOpen));
                boxes += atom.Boxes.Count;
            }
        }

        return new LabelAtoms([.. atoms.Select(static found => found.Atom)], false);
    }

    /// <summary>Whether a condition may hold in some part of an atom, or may not.</summary>
    private static bool MayMeet(LabelSpace space, LabelAtom atom, LabelPredicate condition, bool holds)
    {
        for (var i = 0; i < atom.Boxes.Count; i++)
        {
            if (space.Meets(atom.Boxes[i], condition, holds) != false)
                return true;
        }

        return false;
    }
}
