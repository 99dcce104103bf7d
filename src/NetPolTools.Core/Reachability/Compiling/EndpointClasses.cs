using NetPolTools.Sets;

namespace NetPolTools.Reachability;

/// <summary>
/// Endpoints that none of the given sets tells apart, as classes. A class goes by its first member, so sets of classes are sets of endpoints.
/// </summary>
public sealed class EndpointClasses
{
    private readonly int[] _firstOf;
    private readonly int[] _nextOfSame;

    private EndpointClasses(int[] firstOf, int[] nextOfSame, IndexSet firsts)
    {
        _firstOf = firstOf;
        _nextOfSame = nextOfSame;
        Firsts = firsts;
    }

    /// <summary>The first member of every class.</summary>
    public IndexSet Firsts { get; }

    /// <summary>The class of an endpoint: its first member.</summary>
    public int Of(int endpoint) => _firstOf[endpoint];

    /// <summary>The members of a class, ascending.</summary>
    /// <param name="first">The class: its first member.</param>
    public IEnumerable<int> Members(int first)
    {
        for (var member = first; member >= 0; member = _nextOfSame[member])
            yield return member;
    }

    /// <summary>Partition refinement: each set splits the classes that it cuts. Time goes with the sum of the sets' sizes.</summary>
    /// <param name="pods">Endpoints below this share classes where they can; each of the others is a class of its own.</param>
    /// <param name="count">All endpoints.</param>
    /// <param name="sets">Whose members behave differently from the others.</param>
    internal static EndpointClasses Refine(int pods, int count, List<IndexSet> sets)
    {
        var classOf = new int[pods];

        // By class; there are no more classes than pods.
        var sizes = new int[pods];
        var hits = new int[pods];
        var splitTo = new int[pods];
        var touched = new int[pods];
        var classes = Math.Min(pods, 1);
        sizes.AsSpan(0, classes).Fill(pods);
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

        return Number(classOf, classes, count);
    }

    private static EndpointClasses Number(int[] classOf, int classes, int count)
    {
        var first = new int[classes];
        var last = new int[classes];
        Array.Fill(first, -1);
        var firstOf = new int[count];
        var next = new int[count];
        Array.Fill(next, -1);
        var firsts = new IndexSet.Builder();
        for (var i = 0; i < count; i++)
        {
            if (i >= classOf.Length)
            {
                firstOf[i] = i;
                firsts.Add(i);
                continue;
            }

            var c = classOf[i];
            if (first[c] < 0)
            {
                first[c] = i;
                firsts.Add(i);
            }
            else
            {
                next[last[c]] = i;
            }

            last[c] = i;
            firstOf[i] = first[c];
        }

        return new EndpointClasses(firstOf, next, firsts.Build());
    }
}
