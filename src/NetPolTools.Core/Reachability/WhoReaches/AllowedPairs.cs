using System.Collections.Concurrent;
using System.Numerics;
using NetPolTools.Objects;
using NetPolTools.Sets;

namespace NetPolTools.Reachability;

/// <summary>Counts who can talk to whom without going through the pairs.</summary>
public static class AllowedPairs
{
    private const int FewestClasses = 256;

    /// <summary>
    /// How many ordered pairs of different pods may talk on some port, as a listing by pod would show them: those that policies allow, and those of a
    /// hostNetwork pod with pods of its node. A template without pods counts as one pod.
    /// </summary>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static long Count(ReachabilityMap map, CancellationToken cancellation = default)
    {
        // Forces the lazy index here: workers that blocked on it would starve its own parallel construction.
        _ = map.WhoReaches(PolicyDirection.Ingress);
        var sizes = ClassSizes.Of(map);
        int[] classes = [.. sizes.Classes];
        var total = 0L;
        var bounds = ParallelParts.Bounds(classes.Length, FewestClasses);
        var finders = new ConcurrentBag<PeerFinder>();
        ParallelParts.ForEachPart(
            bounds.Length - 1,
            part =>
            {
                var finder = finders.TryTake(out var free) ? free : new PeerFinder(map, PolicyDirection.Ingress);
                var pairs = 0L;
                for (var i = bounds[part]; i < bounds[part + 1]; i++)
                {
                    cancellation.ThrowIfCancellationRequested();
                    pairs += sizes.Pairs(finder.Find(classes[i]), classes[i]);
                }

                finders.Add(finder);
                Interlocked.Add(ref total, pairs);
            },
            cancellation);
        return total + NodeNeighbours.CountDenied(map);
    }

    /// <summary>How many pods stand behind each class.</summary>
    private sealed class ClassSizes(int[] sizes, ulong[] severalIn, ulong[] podsIn)
    {
        public IEnumerable<int> Classes => Enumerable.Range(0, sizes.Length).Where(c => sizes[c] > 0);

        public static ClassSizes Of(ReachabilityMap map)
        {
            var sizes = new int[map.Endpoints.PodCount];
            for (var pod = 0; pod < sizes.Length; pod++)
                sizes[map.Classes.ClassOf(pod)]++;
            var words = (map.Endpoints.Count + 63) / 64;
            ulong[] severalIn = new ulong[words], podsIn = new ulong[words];
            for (var c = 0; c < sizes.Length; c++)
            {
                podsIn[c >> 6] |= 1UL << (c & 63);
                if (sizes[c] > 1)
                    severalIn[c >> 6] |= 1UL << (c & 63);
            }

            return new ClassSizes(sizes, severalIn, podsIn);
        }

        /// <summary>Pairs of a pod of some classes with another pod of one.</summary>
        public long Pairs(IndexSetAccumulator sources, int destination)
        {
            var pods = 0L;
            foreach (var position in sources.Touched)
            {
                var word = sources[position] & podsIn[position];
                pods += BitOperations.PopCount(word);
                for (word &= severalIn[position]; word != 0; word &= word - 1)
                    pods += sizes[(position * 64) + BitOperations.TrailingZeroCount(word)] - 1;
            }

            return (pods - (sources.Contains(destination) ? 1 : 0)) * sizes[destination];
        }
    }
}
