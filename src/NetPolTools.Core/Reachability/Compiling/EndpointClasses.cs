using NetPolTools.Sets;

namespace NetPolTools.Reachability;

/// <summary>
/// Equivalence classes of endpoints: two endpoints are in one class when each of the given sets holds both or neither. A class is named by its first
/// member, its representative, so that a set of classes is a set of endpoints too.
/// </summary>
public sealed class EndpointClasses
{
    private readonly int[] _firstOf;
    private readonly int[] _nextOfSame;

    private EndpointClasses(int[] firstOf, int[] nextOfSame, IndexSet representatives)
    {
        _firstOf = firstOf;
        _nextOfSame = nextOfSame;
        Representatives = representatives;
    }

    /// <summary>The first member of every class.</summary>
    public IndexSet Representatives { get; }

    /// <summary>The class of an endpoint: the number of its first member.</summary>
    public int ClassOf(int endpoint) => _firstOf[endpoint];

    /// <summary>The members of a class, ascending.</summary>
    /// <param name="first">The class: its first member.</param>
    public IEnumerable<int> Members(int first)
    {
        for (var member = first; member >= 0; member = _nextOfSame[member])
            yield return member;
    }

    /// <summary>By class, the positions of the sets that it is in.</summary>
    /// <param name="sets">Of endpoints; of each class all or none.</param>
    internal GroupedArray<int> PositionsIn(List<IndexSet> sets)
    {
        var positions = new GroupedArray<int>(_firstOf.Length);
        foreach (var pass in positions.Filling)
        {
            for (var s = 0; s < sets.Count; s++)
            {
                foreach (var member in sets[s])
                {
                    if (_firstOf[member] == member)
                        pass.Add(member, s);
                }
            }
        }

        return positions;
    }

    /// <summary>Partition refinement (Hopcroft; Paige and Tarjan): each set splits the classes that it cuts. Takes time linear in the sizes of the
    /// sets.</summary>
    /// <param name="pods">Endpoints below this share classes where they can; each of the others is a class of its own.</param>
    /// <param name="count">How many endpoints there are.</param>
    /// <param name="sets">The splitters: sets whose members are treated differently from all others.</param>
    internal static EndpointClasses Refine(int pods, int count, List<IndexSet> sets)
    {
        var sizes = new int[pods];
        var classes = Math.Min(pods, 1);
        sizes.AsSpan(0, classes).Fill(pods);
        var classOf = new int[pods];
        return Number(classOf, Split(classOf, sizes, classes, sets), count);
    }

    /// <summary>These classes, split further by some sets; the very same where no set cuts one.</summary>
    /// <param name="pods">As for <see cref="Refine"/>.</param>
    /// <param name="sets">The splitters.</param>
    internal EndpointClasses Refined(int pods, List<IndexSet> sets)
    {
        if (sets.TrueForAll(set => HoldsWhole(set, pods)))
            return this;
        var (classOf, sizes, numbers, classes) = (new int[pods], new int[pods], new int[pods], 0);
        for (var pod = 0; pod < pods; pod++)
        {
            if (_firstOf[pod] == pod)
                numbers[pod] = classes++;
            sizes[classOf[pod] = numbers[_firstOf[pod]]]++;
        }

        return Number(classOf, Split(classOf, sizes, classes, sets), _firstOf.Length);
    }

    /// <summary>Whether a set has all members of a class or none, of every class.</summary>
    private bool HoldsWhole(IndexSet set, int pods)
    {
        foreach (var member in set)
        {
            if (member >= pods)
                break;
            if (!set.Contains(_firstOf[member]) || (_nextOfSame[member] is >= 0 and var next && !set.Contains(next)))
                return false;
        }

        return true;
    }

    /// <param name="classOf">By pod; it is changed.</param>
    /// <param name="sizes">By class; there are no more classes than pods.</param>
    /// <param name="classes">How many there are so far.</param>
    /// <param name="sets">The splitters.</param>
    /// <returns>How many there are then.</returns>
    private static int Split(int[] classOf, int[] sizes, int classes, List<IndexSet> sets)
    {
        var pods = classOf.Length;
        var hits = new int[pods];
        var splitTo = new int[pods];
        var touched = new int[pods];
        foreach (var set in sets)
        {
            var touchedCount = 0;
            foreach (var member in set)
            {
                if (member >= pods)
                    break;
                if (hits[classOf[member]]++ == 0)
                    touched[touchedCount++] = classOf[member];
            }

            // Class 0 is never split off another: 0 says that a class stays whole.
            var splits = false;
            foreach (var c in touched.AsSpan(0, touchedCount))
            {
                if (hits[c] < sizes[c])
                {
                    splitTo[c] = classes;
                    sizes[classes++] = hits[c];
                    sizes[c] -= hits[c];
                    splits = true;
                }

                hits[c] = 0;
            }

            if (!splits)
                continue;
            foreach (var member in set)
            {
                if (member >= pods)
                    break;
                if (splitTo[classOf[member]] is > 0 and var target)
                    classOf[member] = target;
            }

            foreach (var c in touched.AsSpan(0, touchedCount))
                splitTo[c] = 0;
        }

        return classes;
    }

    private static EndpointClasses Number(int[] classOf, int classes, int count)
    {
        var first = new int[classes];
        var last = new int[classes];
        Array.Fill(first, -1);
        var firstOf = new int[count];
        var next = new int[count];
        Array.Fill(next, -1);
        var representatives = new IndexSet.Builder();
        for (var i = 0; i < count; i++)
        {
            if (i >= classOf.Length)
            {
                firstOf[i] = i;
                representatives.Add(i);
                continue;
            }

            var c = classOf[i];
            if (first[c] < 0)
            {
                first[c] = i;
                representatives.Add(i);
            }
            else
            {
                next[last[c]] = i;
            }

            last[c] = i;
            firstOf[i] = first[c];
        }

        return new EndpointClasses(firstOf, next, representatives.Build());
    }
}
