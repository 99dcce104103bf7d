using BenchmarkDotNet.Attributes;
using NetPolTools.Listing;
using NetPolTools.Reachability;
using NetPolTools.Reading;
using NetPolTools.Snapshot;

namespace NetPolTools.Benchmarks;

/// <summary>Reading, compiling and listing 2,000 workloads under 800 policies, against asking about every pair by itself.</summary>
[MemoryDiagnoser]
public class PartsBenchmark
{
    private byte[] _json = [];
    private ClusterSnapshot? _snapshot;
    private ReachabilityMap? _map;

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
        new ManifestBinder(builder).Bind(new JsonTokenReader(new MemoryStream(_json), "generated", new StringPool()));
        return builder.Build();
    }

    [Benchmark]
    public ReachabilityMap Compile() => ReachabilityMap.Compile(_snapshot!);

    [Benchmark]
    public int List() => new ConnectionLister(_map!, new ConnectionQuery()).List().Count();

    /// <summary>The reference: the same question pair by pair, selectors matched against labels each time.</summary>
    [Benchmark(Baseline = true)]
    public int PairByPair() => new PairwiseReference(_snapshot!).CountAllowedPairs();
}
