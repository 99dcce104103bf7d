using System.Diagnostics;
using NetPolTools.Listing;
using NetPolTools.Reachability;
using NetPolTools.Reports;

namespace NetPolTools.Benchmarks;

/// <summary>Writes a listing as CSV to nowhere for a while: how long the first line takes, and how many come in a second.</summary>
internal sealed class ListingRun(ReachabilityMap map, GroupBy by, int most)
{
    public TimeSpan First { get; private set; }

    public TimeSpan Whole { get; private set; }

    public int Lines { get; private set; }

    public void Run()
    {
        var watch = Stopwatch.StartNew();
        using var output = new StreamWriter(Stream.Null, bufferSize: 1 << 16);
        new ConnectionCsvWriter(output).Write(Count(new ConnectionLister(map, new ConnectionQuery { By = by }).List(), watch));
        Whole = watch.Elapsed;
    }

    private IEnumerable<Connection> Count(IEnumerable<Connection> lines, Stopwatch watch)
    {
        foreach (var line in lines)
        {
            if (Lines++ == 0)
                First = watch.Elapsed;
            yield return line;
            if (Lines == most)
                yield break;
        }
    }
}
