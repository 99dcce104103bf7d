using System.Diagnostics;
using System.Globalization;
using NetPolTools.Asking;
using NetPolTools.Cni;
using NetPolTools.Dialects;
using NetPolTools.Listing;
using NetPolTools.Reachability;
using NetPolTools.Reading;
using NetPolTools.Sets;
using NetPolTools.Snapshot;
using NetPolTools.Yaml;

namespace NetPolTools.Benchmarks;

/// <summary>
/// One input from the file to its answers, in this process, phase by phase. To be started once for each run: what the first start costs is part of it.
/// Prints a line for each figure: name, number, unit, and what it is about.
/// </summary>
internal sealed class MeasuredRun
{
    private const int LinesToList = 2_000_000;
    private const int Questions = 200_000;
    private const int Patterns = 1_000;

    private readonly DateTime _start = Process.GetCurrentProcess().StartTime;

    /// <param name="arguments">The input; behind it <c>ask</c> for single questions and <c>list</c> for a listing too.</param>
    public static int Run(string[] arguments)
    {
        new MeasuredRun().Run(arguments[0], arguments.Contains("ask"), arguments.Contains("list"));
        return 0;
    }

    private void Run(string file, bool ask, bool list)
    {
        var snapshot = Phase("read", () => Read(file), $"{new FileInfo(file).Length / 1e6:0.0} MB");
        var options = Phase(
            "plugin", () => CniEvaluation.Of(snapshot, CniChoice.Enforcing, ipBlockIgnoresPods: false).Options, "what policies mean where they are enforced");
        var map = Phase(
            "compile",
            () => ReachabilityMap.Compile(snapshot, options),
            $"{snapshot.Pods.Count + snapshot.Workloads.Count:N0} pods and workloads, "
                + $"{snapshot.NetworkPolicies.Count + snapshot.PolicyObjects.Count:N0} policies");
        var pairs = Phase("answer", () => AllowedPairs.Count(map), "who reaches X, for every X, and how many pairs");
        Print("whole", (DateTime.Now - _start).TotalSeconds, "s", "from the start of the process");
        Print("peak", Process.GetCurrentProcess().PeakWorkingSet64 / 1e6, "MB", "working set");
        Print("classes", map.Classes.Representatives.Count, "", "of endpoints");
        Print("pairs", pairs, "", "of pods that may talk");
        if (ask)
            Ask(map);
        if (!list)
            return;
        var before = Process.GetCurrentProcess().PeakWorkingSet64;
        var processor = Processor();
        var listing = new ListingRun(map, GroupBy.Pod, LinesToList);
        listing.Run();
        Print("first", listing.First.TotalSeconds, "s", "to the first line of a listing by pod");
        Print("listed", listing.Lines / (listing.Whole - listing.First).TotalSeconds / 1e6, "million/s",
            $"{listing.Lines:N0} lines of CSV; {Processor() - processor:0.00} s of processors with the first line");
        Print("more", (Process.GetCurrentProcess().PeakWorkingSet64 - before) / 1e6, "MB", "that listing adds to the peak");
    }

    private static ClusterSnapshot Read(string file)
    {
        var builder = new ClusterSnapshotBuilder();
        new ManifestReader(builder, AllDialects.Kinds, new ManifestReaderOptions(static (text, name) => new YamlTokenReader(text, name))).ReadPath(file);
        return builder.Build();
    }

    private static void Ask(ReachabilityMap map)
    {
        var random = new Random(1);
        EndpointPattern[] patterns =
            [.. Enumerable.Range(0, Patterns).Select(_ => EndpointPattern.Parse(NameOf(map.Endpoints[random.Next(map.Endpoints.PodCount)])))];
        for (var i = 0; i < Patterns * 10; i++)
            One(i);
        var watch = Stopwatch.StartNew();
        var allowed = 0;
        for (var i = 0; i < Questions; i++)
            allowed += One(i) ? 1 : 0;
        Print("question", watch.Elapsed.TotalMicroseconds / Questions, "us", $"{allowed:N0} of {Questions:N0} answered with yes");

        bool One(int i) => ReachabilityQuestion.Ask(
            map, patterns[i % Patterns], patterns[i * 7 % Patterns], PortSet.All, out var problems)?.IsAllowed
                ?? throw new InvalidOperationException(problems[0].Problem.Message);

        static string NameOf(Endpoint endpoint) => $"{endpoint.Namespace}/{endpoint.PodName ?? endpoint.Owner.Name}";
    }

    private static T Phase<T>(string name, Func<T> work, string what)
    {
        var (processor, pause, made) = (Processor(), GC.GetTotalPauseDuration(), GC.GetTotalAllocatedBytes());
        var watch = Stopwatch.StartNew();
        var result = work();
        var time = watch.Elapsed.TotalSeconds;
        var collecting = (GC.GetTotalPauseDuration() - pause).TotalSeconds;
        Print(name, time, "s",
            $"{what}; {Processor() - processor:0.00} s of processors, {collecting:0.00} s collecting, {(GC.GetTotalAllocatedBytes() - made) / 1e6:0} MB made");
        return result;
    }

    private static double Processor() => Process.GetCurrentProcess().TotalProcessorTime.TotalSeconds;

    private static void Print(string name, double figure, string unit, string what) =>
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name,-9} {figure,14:0.###} {unit,-10} {what}"));
}
