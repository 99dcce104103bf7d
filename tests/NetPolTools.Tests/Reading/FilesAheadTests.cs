using System.Text;
using NetPolTools.Diagnostics;
using NetPolTools.Dialects;
using NetPolTools.Objects;
using NetPolTools.Reading;
using NetPolTools.Tests.Support;
using NetPolTools.Yaml;

namespace NetPolTools.Tests.Reading;

/// <summary>Of a folder of many files another thread reads some; what is found, and in which order, is the same.</summary>
public sealed class FilesAheadTests : IDisposable
{
    private const string Snapshot = $$$"""
        {"apiVersion":"v1","kind":"PodList","metadata":{"annotations":{"{{{SnapshotOrigin.ReadAtKey}}}":"2026-01-31T10:00:00Z"}},"items":[{"metadata":{"name":"n"}}]}
        """;

    private static readonly (string Name, byte[] Content)[] Files =
    [
        ("pod.json", Text("""{"apiVersion":"v1","kind":"Pod","metadata":{"name":"json","labels":{"app":"\u0077eb"}}}""")),
        ("pod.yaml", Text("apiVersion: v1\nkind: Pod\nmetadata:\n  name: yaml\n  labels: {app: \"a\\tb\", tier: 3}\n")),
        ("cut.json", Text("""{"apiVersion":"v1","kind":"Pod","metadata":{"name":"cut","labels":{"app":""")),
        ("anchor.yaml", Text("kind: Pod\nmetadata: &all\n  name: anchored\n")),
        ("wrong.json", Text("""{"apiVersion":"networking.k8s.io/v1","kind":"NetworkPolicy","metadata":{"name":"e"},"spec":{"ingress":[{"ports":[{"port":"a\u00A0b"}]}]}}""")),
        ("two.json", Text("""{"apiVersion":"v1","kind":"Pod","metadata":{"name":"h","labels":{"app":7}}} {"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"i"}}""")),
        ("nothing.yaml", Text("---\n")),
        ("empty.yaml", []),
        ("kustomization.yaml", Text("resources:\n- pod.yaml\n")),
        ("docker-compose.yml", Text("services:\n  web:\n    image: nginx\n")),
        ("values.yaml", Text("apiVersion: v1\nkind: Pod\nmetadata: {name: no-values}\n")),
        ("settings.yaml", Text("colour: blue\nsize: 7\n")),
        ("binary.json", [0x50, 0x4B, 0, 1, 2, 3]),
        ("utf16.yaml", [.. Encoding.Unicode.GetPreamble(), .. Encoding.Unicode.GetBytes("apiVersion: v1\nkind: Pod\nmetadata: {name: utf16}\n")]),
        ("bytes.json", [.. Text("""{"apiVersion":"v1","kind":"Pod","metadata":{"name":"x"""), 0xFF, .. Text("\"}}")]),
        ("snapshot.json", Text(Snapshot)),
        ("long.json", Text($$"""{"apiVersion":"v1","kind":"Pod","metadata":{"name":"long","annotations":{"text":"{{new string('x', 300_000)}}"} } }""")),
        ("list.json", Text($$"""{"apiVersion":"v1","kind":"List","items":[{{string.Join(
            ',', Enumerable.Range(0, 900).Select(static i => $$"""{"apiVersion":"v1","kind":"Namespace","metadata":{"name":"n-{{i}}","labels":{"i":"{{i}}"} } }"""))}}]}""")),
    ];

    private readonly ManifestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void What_is_found_does_not_depend_on_who_reads_it()
    {
        var random = new Random(25);
        for (var i = 0; i < 300; i++)
        {
            var (name, content) = Files[random.Next(Files.Length)];
            _folder.Write($"{i / 50}/{i / 7}/{(i % 3 == 0 ? $"{i}-" : "")}{name}", content);
        }

        var alone = Read(static binder => new InOrder(binder));
        Assert.True(alone.All.Distinct().Count() > 1000);
        for (var i = 0; i < 5; i++)
            Assert.Equal(alone.All, Read(static binder => binder).All);
    }

    [Fact]
    public void Two_threads_read_a_folder_of_many_files()
    {
        for (var i = 0; i < 3000; i++)
            _folder.Write($"{i}.json", Files[0].Content);
        var found = Read(static binder => binder);
        Assert.Equal(3000, found.Pods.Count);
        var threads = Environment.ProcessorCount > 1 ? 2 : 1;
        Assert.Equal(threads, found.Pods.Select(static pod => pod.Labels).Distinct(ReferenceEqualityComparer.Instance).Count());
    }

    [Fact]
    public void Reading_ends_when_it_is_cancelled()
    {
        for (var i = 0; i < 500; i++)
            _folder.Write($"{i}.json", Files[0].Content);
        using var cancellation = new CancellationTokenSource();
        var found = new Findings { OnPod = count => Cancel(count, cancellation) };
        Assert.Throws<OperationCanceledException>(() => Reader(found, static binder => binder).ReadPath(_folder.Path, cancellation.Token));
        Assert.Equal(100, found.Pods.Count);
    }

    [Fact]
    public void A_file_that_two_wildcards_name_is_read_once()
    {
        for (var i = 0; i < 200; i++)
            _folder.Write($"{i}.json", Files[0].Content);
        var found = new Findings();
        var reader = Reader(found, static binder => binder);
        reader.ReadPath(_folder.At("1*.json"));
        reader.ReadPath(_folder.At("*.json"));
        Assert.Equal(200, found.Pods.Count);
    }

    private static void Cancel(int count, CancellationTokenSource cancellation)
    {
        if (count == 100)
            cancellation.Cancel();
    }

    private static byte[] Text(string text) => Encoding.UTF8.GetBytes(text);

    private static ManifestReader Reader(Findings found, Func<ManifestBinder, IManifestBinder> binder) => new(
        binder(new ManifestBinder(found, AllDialects.Kinds)),
        found.Report,
        new ManifestReaderOptions(static (text, file) => new YamlTokenReader(text, file)) { OnPassedOver = found.All.Add, Progress = found });

    private Findings Read(Func<ManifestBinder, IManifestBinder> binder)
    {
        var found = new Findings();
        Reader(found, binder).ReadPath(_folder.Path);
        return found;
    }

    /// <summary>To which inputs come in order.</summary>
    private sealed class InOrder(ManifestBinder binder) : IManifestBinder
    {
        public int Bind(ManifestTokenReader tokens, CancellationToken cancellation) => binder.Bind(tokens, cancellation);

        public int Bind(ManifestTokenReader tokens, Action? onOther, CancellationToken cancellation) => binder.Bind(tokens, onOther, cancellation);
    }

    /// <summary>Everything that is told, as text.</summary>
    private sealed class Findings : IManifestSink, IProgress<ReadingProgress>
    {
        private ReadingProgress _last;

        public List<string> All { get; } = [];

        public List<ObjectMetadata> Pods { get; } = [];

        public Action<int>? OnPod { get; init; }

        public void Add(KubernetesObject found)
        {
            All.Add($"{found} {found.Location}");
            if (found is not Pod pod)
                return;
            Pods.Add(pod.Metadata);
            OnPod?.Invoke(Pods.Count);
        }

        public void Report(Diagnostic diagnostic) => All.Add($"{diagnostic} {diagnostic.Id}");

        public void Skipped(string kind) => All.Add(kind);

        public void Describe(SnapshotOrigin origin) => All.Add($"snapshot {origin}");

        /// <summary>How far the reading is when a file begins.</summary>
        public void Report(ReadingProgress value)
        {
            if (value.Input != _last.Input)
                All.Add($"{value}");
            _last = value;
        }
    }
}
