using BenchmarkDotNet.Attributes;
using NetPolTools.Asking;
using NetPolTools.Dialects;
using NetPolTools.Listing;
using NetPolTools.Reachability;
using NetPolTools.Reading;
using NetPolTools.Sets;
using NetPolTools.Snapshot;

namespace NetPolTools.Benchmarks;

/// <summary>Reading, compiling, asking and listing 2,000 workloads under 800 policies, against asking about every pair by itself.</summary>
[MemoryDiagnoser]
public class PartsBenchmark
{
    private byte[] _json = [];
    private ClusterSnapshot? _snapshot;
    private ReachabilityMap? _map;
    private readonly EndpointPattern _from = EndpointPattern.Parse("ns-0/app-0");
    private readonly EndpointPattern _to = EndpointPattern.Parse("ns-1/app-1");

    [GlobalSetup]
    public void SetUp()
    {
        _json = new GeneratedCluster(ClusterShape.Workloads).ToJson();
        _snapshot = Read();
        _map = Compile();
    }

    [Benchmark]
    public ClusterSnapshot Read()
    {
        var builder = new ClusterSnapshotBuilder();
        new ManifestBinder(builder, AllDialects.Kinds).Bind(new JsonTokenReader(new MemoryStream(_json), "generated", new StringPool()));
        return builder.Build();
    }

    [Benchmark]
    public ReachabilityMap Compile() => ReachabilityMap.Compile(_snapshot!);

    [Benchmark]
    public long CountPairs() => AllowedPairs.Count(_map!);

    [Benchmark]
    public bool Ask() => ReachabilityQuestion.Ask(_map!, _from, _to, PortSet.All, out _)!.IsAllowed;

    [Benchmark]
    public int List() => new ConnectionLister(_map!, new ConnectionQuery()).List().Count();

    /// <summary>The reference: the same question pair by pair, selectors matched against labels each time.</summary>
    [Benchmark(Baseline = true)]
    public int PairByPair() => new PairwiseReference(_snapshot!).CountAllowedPairs();
}
