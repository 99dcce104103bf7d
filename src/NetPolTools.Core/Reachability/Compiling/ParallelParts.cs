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
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static void ForEachPart(int parts, Action<int> work, CancellationToken cancellation)
    {
        if (parts == 1)
        {
            cancellation.ThrowIfCancellationRequested();
            work(0);
            return;
        }

        Unwrapped(() => Parallel.For(0, parts, new ParallelOptions { CancellationToken = cancellation }, work));
    }

    public static void Do(params Action[] works) => Unwrapped(() => Parallel.Invoke(works));

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
