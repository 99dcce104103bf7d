using System.Collections.Concurrent;
using System.Runtime.ExceptionServices;

namespace NetPolTools.Reachability;

/// <summary>Runs work in parallel. The first exception is rethrown unwrapped.</summary>
internal static class ParallelParts
{
    // Several parts per processor, to balance uneven work.
    private const int PartsPerProcessor = 4;

    /// <summary>How many parts so much work is best cut into; one where cutting would cost more than it brings.</summary>
    /// <param name="count">Of pods, policies and so on.</param>
    /// <param name="fewest">A part has at least so many.</param>
    public static int Parts(int count, int fewest) => Math.Clamp(count / fewest, 1, PartsPerProcessor * Environment.ProcessorCount);

    /// <summary>Where the parts of so much work begin and end: part i goes from i up to, but not including, i + 1.</summary>
    public static int[] Bounds(int count, int fewest)
    {
        var bounds = new int[Parts(count, fewest) + 1];
        for (var part = 1; part < bounds.Length; part++)
            bounds[part] = (int)((long)count * part / (bounds.Length - 1));
        return bounds;
    }

    /// <param name="parts">How many.</param>
    /// <param name="work">Given the number of a part; must not depend on which part comes first.</param>
    /// <param name="cancellation">Looked at between parts.</param>
    /// <param name="isSmall">Whether all parts together are done before other threads would have woken up: then one follows the other.</param>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static void ForEachPart(int parts, Action<int> work, CancellationToken cancellation, bool isSmall = false)
    {
        if (parts == 1 || isSmall)
        {
            for (var part = 0; part < parts; part++)
            {
                cancellation.ThrowIfCancellationRequested();
                work(part);
            }

            return;
        }

        // Each part is worth fetching alone: of several that are fetched together, the last may wait behind the longest.
        var fetched = Partitioner.Create(Enumerable.Range(0, parts), EnumerablePartitionerOptions.NoBuffering);
        Unwrapped(() => Parallel.ForEach(fetched, new ParallelOptions { CancellationToken = cancellation }, work));
    }

    /// <param name="isSmall">As for <see cref="ForEachPart"/>.</param>
    /// <param name="works">Have nothing to do with each other.</param>
    public static void Do(bool isSmall, params Action[] works) => ForEachPart(works.Length, part => works[part](), CancellationToken.None, isSmall);

    private static void Unwrapped(Action work)
    {
        try
        {
            work();
        }
        catch (AggregateException failures)
        {
            ExceptionDispatchInfo.Throw(failures.InnerExceptions[0]);
        }
    }
}
