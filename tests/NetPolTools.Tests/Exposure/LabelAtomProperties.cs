using FsCheck;
using FsCheck.Fluent;
using NetPolTools.Exposure;
using NetPolTools.Policies;
using NetPolTools.Tests.Oracle;
using NetPolTools.Tests.Support;

namespace NetPolTools.Tests.Exposure;

/// <summary>Atoms and selectors against every choice of labels, one by one.</summary>
public sealed class LabelAtomProperties
{
    private static Gen<LabelPredicate> Leaf =>
        from owner in Gen.Elements(LabelOwner.Pod, LabelOwner.Namespace)
        from key in Gen.Elements("app", "tier")
        from test in Gen.Frequency(
            (5, Gen.Constant(LabelTest.In)),
            (2, Gen.Constant(LabelTest.Exists)),
            (1, Gen.Elements(LabelTest.StartsWith, LabelTest.EndsWith, LabelTest.Contains)))
        from values in Gen.SubListOf(["a", "b", "ab", ""])
        select (LabelPredicate)new LabelPredicate.Label(owner, key, test, [.. values]);

    [Fact]
    public void Every_choice_of_labels_is_in_one_atom_and_nothing_tells_those_of_an_atom_apart() =>
        Always.Holds(Conditions(), 50, static conditions =>
        {
            var space = new LabelSpace(conditions);
            var atoms = LabelAtoms.Of(space, LabelBox.Everything(space.Count), conditions);
            Assert.False(atoms.IsCut);
            var signs = new Dictionary<LabelAtom, string>();
            foreach (var choice in Choices(space))
            {
                var atom = Assert.Single(atoms.Atoms, atom => atom.Boxes.Any(box => Holds(box, choice)));
                var sign = string.Concat(conditions.Select(condition => Holds(condition, space, choice) ? '+' : '-'));
                Assert.Equal(sign, signs.GetValueOrDefault(atom, sign));
                signs[atom] = sign;
            }

            Assert.Equal(atoms.Atoms.Count, signs.Count);
            Assert.Equal(signs.Count, signs.Values.Distinct().Count());
        });

    [Fact]
    public void Where_it_is_told_without_splitting_whether_a_condition_meets_a_box_splitting_says_the_same() =>
        Always.Holds(Conditions(), 50, static conditions =>
        {
            var space = new LabelSpace(conditions);
            foreach (var box in LabelAtoms.Of(space, LabelBox.Everything(space.Count), conditions[1..]).Atoms.SelectMany(static atom => atom.Boxes))
            {
                Agree(box, true);
                Agree(box, false);
            }

            void Agree(LabelBox box, bool holds)
            {
                var isThere = space.Split(box, conditions[0], holds).Any();
                Assert.Equal(isThere, space.Meets(box, conditions[0], holds) ?? isThere);
            }
        });

    [Fact]
    public void A_cover_holds_what_is_wanted_and_nothing_else() =>
        Always.Holds(
            from conditions in Conditions()
            from chosen in Gen.Choose(0, int.MaxValue)
            select (conditions, chosen),
            50,
            static example =>
            {
                var space = new LabelSpace(example.conditions);
                var atoms = LabelAtoms.Of(space, LabelBox.Everything(space.Count), example.conditions).Atoms;
                LabelBox[] wanted = [.. atoms.Where((_, i) => IsWanted(i)).SelectMany(static atom => atom.Boxes)];
                LabelBox[] others = [.. atoms.Where((_, i) => !IsWanted(i)).SelectMany(static atom => atom.Boxes)];
                var cover = new LabelCover(space).Of(wanted, others);
                foreach (var choice in Choices(space))
                    Assert.Equal(wanted.Any(box => Holds(box, choice)), cover.Any(box => Holds(box, choice)));
                Assert.True(cover.Count <= wanted.Length);

                bool IsWanted(int atom) => ((example.chosen >> (atom % 31)) & 1) == 1;
            });

    private static Gen<LabelPredicate[]> Conditions() => RandomClusterGenerator.Several(1, 4, Condition(2));

    private static Gen<LabelPredicate> Condition(int depth) => depth == 0 ? Leaf : Gen.Frequency(
        (3, Leaf),
        (1, Condition(depth - 1).Select(static part => (LabelPredicate)new LabelPredicate.Not(part))),
        (2, RandomClusterGenerator.Several(1, 3, Condition(depth - 1)).Select(static parts => (LabelPredicate)new LabelPredicate.AllOf([.. parts]))),
        (1, RandomClusterGenerator.Several(1, 3, Condition(depth - 1)).Select(static parts => (LabelPredicate)new LabelPredicate.AnyOf([.. parts]))));

    /// <summary>A value for each key, in every way.</summary>
    private static IEnumerable<int[]> Choices(LabelSpace space) => Enumerable.Range(0, space.Count).Aggregate(
        (IEnumerable<int[]>)[[]], (choices, key) => choices.SelectMany(choice => space.All(key).Values().Select(value => (int[])[.. choice, value])));

    private static bool Holds(LabelBox box, int[] choice) => Enumerable.Range(0, choice.Length).All(key => box[key]?.Contains(choice[key]) != false);

    private static bool Holds(LabelPredicate condition, LabelSpace space, int[] choice) => condition switch
    {
        LabelPredicate.AllOf all => all.Parts.All(part => Holds(part, space, choice)),
        LabelPredicate.AnyOf any => any.Parts.Any(part => Holds(part, space, choice)),
        LabelPredicate.Not not => !Holds(not.Part, space, choice),
        LabelPredicate.Label label => ValueOf(label, space, choice) is { } value && label.Holds(value),
        _ => throw new ArgumentException($"{condition} is not made here.", nameof(condition)),
    };

    private static string? ValueOf(LabelPredicate.Label label, LabelSpace space, int[] choice)
    {
        var key = space.Find(new LabelKey(label.Owner, label.Key))!.Value;
        return space.ValueOf(key, choice[key]);
    }
}
