using System.Runtime;

namespace NetPolTools.Input;

/// <summary>
/// Keeps the garbage collector from running until so much is allocated as a fleet takes: nearly all of what reading makes stays, and would be copied by one
/// collection after the other. Where memory is short or much of it is in use, it stays away.
/// </summary>
internal sealed class CollectionPause : IDisposable
{
    /// <summary>Bytes that may be allocated: some more than a fleet of 100,000 pods and 75,000 policies takes. Then the collector goes on as ever.</summary>
    private const long Budget = 640L << 20;

    /// <summary>Bytes: what is in use already is not collected either, and both together are to stay below 800 MB.</summary>
    private const long MostInUse = 96L << 20;

    private readonly bool _isStarted = HasRoom() && Start();

    public void Dispose()
    {
        if (!_isStarted || GCSettings.LatencyMode != GCLatencyMode.NoGCRegion)
            return;
        try
        {
            GC.EndNoGCRegion();
            // Left to itself, the collector moves all that was made meanwhile, which takes up to a second; asked for all of it and not to hold anybody up, it
            // works beside the program.
            GC.Collect(2, GCCollectionMode.Forced, blocking: false, compacting: false);
        }
        catch (InvalidOperationException)
        {
            // The budget was spent in between, which has ended it.
        }
    }

    private static bool HasRoom()
    {
        if (GC.GetGCMemoryInfo().TotalAvailableMemoryBytes < 6 * Budget)
            return false;
        // One collection, of an input before that nobody needs any more, is better than the thirty that there would be.
        if (InUse() > MostInUse)
            GC.Collect();
        return InUse() <= MostInUse;

        static long InUse() => GC.GetTotalMemory(forceFullCollection: false);
    }

    private static bool Start()
    {
        try
        {
            return GC.TryStartNoGCRegion(Budget);
        }
        catch (Exception e) when (e is InvalidOperationException or ArgumentOutOfRangeException)
        {
            // There is one already, of another runspace or of the caller's own; or this collector has no room for the budget.
            return false;
        }
    }
}
