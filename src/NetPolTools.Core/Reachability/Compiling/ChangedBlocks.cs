using NetPolTools.Sets;

namespace NetPolTools.Reachability;

/// <summary>
/// The blocks of the rules of one direction where some policies are other than in rules that are there: those of theirs that are still granted are shared, with
/// their numbers, and new ones stand in the places of those that are not.
/// </summary>
/// <param name="like">The rules that are there.</param>
/// <param name="classesOfLike">The classes of endpoints there.</param>
/// <param name="classes">Those here: the same ones, or such as some of them are split into.</param>
internal sealed class ChangedBlocks(DirectionRules like, EndpointClasses classesOfLike, EndpointClasses classes)
{
    private readonly HashSet<GrantBlock> _gone = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<GrantBlock, IndexSet.Builder> _added = new(ReferenceEqualityComparer.Instance);

    /// <summary>Whether some answer depends on ipBlocks matching pods.</summary>
    public bool DependOnIPBlock { get; private set; } = like.DependsOnIPBlock;

    /// <summary>A block that no class has any more.</summary>
    public void Remove(GrantBlock block) => _gone.Add(block);

    /// <summary>A block that classes have now.</summary>
    /// <param name="block">The block.</param>
    /// <param name="subject">A class; ascending for one block.</param>
    public void Add(GrantBlock block, int subject)
    {
        if (!_added.TryGetValue(block, out var subjects))
            _added.Add(block, subjects = new IndexSet.Builder());
        subjects.Add(subject);
        DependOnIPBlock |= block.DependsOnIPBlock;
    }

    /// <summary>All of them by their numbers, each with the classes that have it.</summary>
    public (GrantBlock[] Blocks, IndexSet[] Subjects) Numbered()
    {
        var (blocks, subjects) = (new List<GrantBlock>(like.Blocks), new List<IndexSet>());
        var splits = Splits();
        var (nothing, free) = (new GrantBlock(GrantTable.None), new Stack<int>());
        for (var number = 0; number < blocks.Count; number++)
        {
            subjects.Add(_gone.Contains(blocks[number]) ? IndexSet.Empty : WithSplits(like.SubjectsOf(number), splits));
            if (!_gone.Contains(blocks[number]))
                continue;
            blocks[number] = nothing;
            free.Push(number);
        }

        foreach (var (block, of) in _added)
        {
            if (!free.TryPop(out var number))
            {
                number = blocks.Count;
                blocks.Add(block);
                subjects.Add(IndexSet.Empty);
            }

            (blocks[number], subjects[number]) = (block, of.Build());
            block.Number = number;
        }

        return ([.. blocks], [.. subjects]);
    }

    /// <summary>The classes here that are others there, each with the one there.</summary>
    private List<(int Class, int Of)> Splits()
    {
        var splits = new List<(int, int)>();
        foreach (var representative in classes == classesOfLike ? IndexSet.Empty : classes.Representatives)
        {
            if (classesOfLike.ClassOf(representative) is var of && of != representative)
                splits.Add((representative, of));
        }

        return splits;
    }

    private static IndexSet WithSplits(IndexSet subjects, List<(int Class, int Of)> splits)
    {
        var more = new IndexSet.Builder();
        foreach (var (split, of) in splits)
        {
            if (subjects.Contains(of))
                more.Add(split);
        }

        return subjects.Union(more.Build());
    }
}
