using System.Diagnostics;
using NetPolTools.Listing;
using NetPolTools.Reachability;
using NetPolTools.Reading;
using NetPolTools.Snapshot;
using NetPolTools.Yaml;

namespace NetPolTools.Benchmarks;

/// <summary>
/// One input from the file to its answers, in this process, phase by phase. To be started once for each run: what the first start costs is part of it.
/// </summary>
internal sealed class MeasuredRun
{
    private const int LinesToList = 1_000_000;

    private readonly Stopwatch _watch = new();

    /// <param name="arguments">The input; <c>list</c> behind it for a listing too.</param>
    public static int Run(string[] arguments)
    {
        new MeasuredRun().Run(arguments[0], arguments.Contains("list"));
        return 0;
    }

    private void Run(string file, bool list)
    {
        var start = Process.GetCurrentProcess().StartTime;
        var snapshot = Phase("read", () => Read(file), $"{new FileInfo(file).Length / 1e6:0.0} MB");
        var map = Phase("compile", () => ReachabilityMap.Compile(snapshot), $"{snapshot.Pods.Count + snapshot.Workloads.Count:N0} pods and workloads, {snapshot.NetworkPolicies.Count:N0} policies");
        var pairs = Phase("answer", () => AllowedPairs.Count(map), "who reaches X, for every X, and how many pairs");
        Print("pairs", 0, $"{pairs:N0}");
        Print("classes", 0, $"{map.Classes.Firsts.Count:N0}");
        Print("whole", (DateTime.Now - start).TotalSeconds, "from the start of the process");
        Print("peak", 0, $"{Process.GetCurrentProcess().PeakWorkingSet64 / 1e6:0} MB");
        if (!list)
            return;
        var listing = new ListingRun(map, GroupBy.Pod, LinesToList);
        listing.Run();
        Print("first line", listing.First.TotalSeconds, "");
        Print("list", listing.Whole.TotalSeconds, $"{listing.Lines:N0} lines, {listing.Lines / (listing.Whole - listing.First).TotalSeconds / 1e6:0.00} million/s");
    }

    private static ClusterSnapshot Read(string file)
    {
        var builder = new ClusterSnapshotBuilder();
        new ManifestReader(builder, new ManifestReaderOptions(static (text, name) => new YamlTokenReader(text, name))).ReadPath(file);
        return builder.Build();
    }

    private T Phase<T>(string name, Func<T> work, string what)
    {
        _watch.Restart();
        var result = work();
        Print(name, _watch.Elapsed.TotalSeconds, what);
        return result;
    }

    private static void Print(string name, double seconds, string what) =>
        Console.WriteLine(seconds == 0 ? $"{name,-10} {"",9} {what}" : $"{name,-10} {seconds,8:0.000}s {what}");
}
