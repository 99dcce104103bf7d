using System.Text;
using NetPolTools.Diagnostics;
using NetPolTools.Dialects;
using NetPolTools.Objects;
using NetPolTools.Reading;
using NetPolTools.Text;

namespace NetPolTools.Tests.Reading;

/// <summary>Of long lists of JSON another thread reads items; what is found, and in which order, is the same.</summary>
public class ReadAheadTests
{
    private const string Labels = """{"app":"web","tier":"front"}""";

    private static readonly string[] Items =
    [
        Pod("""{"name":"web-#","namespace":"shop","labels":{"app":"web","tier":"front"}}"""),
        Pod("""{"name":"web-#","namespace":"shop","labels":{"app":"web","tier":3}}"""),
        Pod("""{"name":"web-#","namespace":"shop","labels":{"app":"\u0077eb","tier":"a"}}"""),
        """{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"c-#"},"data":{"text":"[{\"]}"}}""",
        """{"metadata":{"name":"untyped-#"},"spec":{"containers":[]}}""",
        Policy("""{"podSelector":{},"ingress":[{"from":[{"podSelector":{"matchLabels":{"app":"web"}}}],"ports":[{"port":80}]}]}"""),
        Policy("""{"podSelector":{},"ingress":[{"from":[{"ipBlock":{"cidr":"10.0.0.1/8"}}],"ports":[{"port":80000}]}]}"""),
        Policy("""{"podSelector":{},"policyTypes":["Ingress"],"egress":[{"form":[]}]}"""),
        """{"apiVersion":"v1","kind":"List","metadata":{"resourceVersion":"1"},"items":[{"apiVersion":"v1","kind":"Namespace","metadata":{"name":"n-#"}},7]}""",
        """{"apiVersion":"v1","kind":"Namespace","metadata":{"name":"n-#","labels":{"a":"1","a":"2"}}}""",
        "null",
        "[]",
        "\"text\"",
        """{"apiVersion":"apps/v9","kind":"Deployment","metadata":{"name":"d-#"}}""",
    ];

    public static TheoryData<string> Lists => new(
        """{"apiVersion":"v1","kind":"List","items":[#]}""",
        """{"apiVersion":"v1","items":[#],"kind":"List","metadata":{"resourceVersion":""}}""",
        """{"kind":"PodList","apiVersion":"v1","metadata":{},"items":[#]}""",
        """{"items":[#],"apiVersion":"v1","kind":"PodList"}""",
        """[#]""",
        """{"kind":"PodList","apiVersion":"v1","items":[#]} {"kind":"NamespaceList","apiVersion":"v1","items":[#]}""",
        """{"kind":"List","apiVersion":"v1","items":[{"kind":"PodList","apiVersion":"v1","items":[#]},{"kind":"NamespaceList","apiVersion":"v1","items":[#]}]}""",
        """{"apiVersion":"v1","kind":"List","items":[#],"more":[#]}""",
        """{"apiVersion":"v1","kind":"List","items":[#""",
        """{"apiVersion":"v1","kind":"List","items":[#,{"apiVersion":"v1","kind":"Pod","metadata":{"name":"\ud800"}},#]}""");

    [Theory]
    [MemberData(nameof(Lists))]
    public void What_is_found_does_not_depend_on_who_reads_it(string list)
    {
        var json = Encoding.UTF8.GetBytes(list.Replace("#", string.Join(",\n", Enumerable.Range(0, 6000).Select(Item)), StringComparison.Ordinal));
        var expected = new Findings();
        using (var one = new OneByOne(Open(json)))
            new ManifestBinder(expected, AllDialects.Kinds).Bind(one);

        // The other thread gets ahead.
        var found = new Findings { RestAt = 700 };
        using (var tokens = Open(json))
            new ManifestBinder(found, AllDialects.Kinds).Bind(tokens);

        // Of what is wrong with thousands of them, the first hundred are told.
        Assert.True(expected.All.Count > 2000);
        Assert.Equal(expected.All, found.All);
    }

    /// <summary>Whoever reads an item says what is odd in it; passing that on says nothing more.</summary>
    [Fact]
    public void What_is_wrong_with_an_item_is_told_in_the_same_words()
    {
        var odd = Policy("{\"podSelector\":{},\"ingress\":[{\"ports\":[{\"port\":\"we\u00A0b\"}]}]}");
        var longer = odd.Replace("b\"", $"b{new string('x', 2000)}\"", StringComparison.Ordinal);
        IEnumerable<string> items = [.. Enumerable.Repeat(Pod("{\"name\":\"a\"}"), 4000), .. Enumerable.Repeat($"{odd},{longer}", 20)];
        var json = Encoding.UTF8.GetBytes($"[{string.Join(",", items)}]");
        var expected = new Findings();
        using (var one = new OneByOne(Open(json)))
            new ManifestBinder(expected, AllDialects.Kinds).Bind(one);
        var found = new Findings { RestAt = 3000 };
        using (var tokens = Open(json))
            new ManifestBinder(found, AllDialects.Kinds).Bind(tokens);
        Assert.InRange(expected.All.Count, 4040, 4099);
        Assert.Equal(expected.All, found.All);
    }

    /// <summary>The first list ends about where the other thread begins.</summary>
    [Fact]
    public void A_list_says_nothing_of_the_items_of_the_next()
    {
        var policies = string.Join(",", Enumerable.Range(0, 2000).Select(static i => $$"""{"metadata":{"name":"policy-{{i}}"},"spec":{"podSelector":{} } }"""));
        for (var count = 1000; count < 1500; count += 50)
        {
            var pods = string.Join(",", Enumerable.Range(0, count).Select(static i => $$"""{"metadata":{"name":"pod-{{i}}","labels":{{Labels}},"uid":"{{new string('x', 130)}}"} }"""));
            var json = $$"""{"kind":"PodList","apiVersion":"v1","items":[{{pods}}]}{"kind":"NetworkPolicyList","apiVersion":"networking.k8s.io/v1","items":[{{policies}}]}""";
            var found = new Findings { RestAt = count };
            using var tokens = Open(Encoding.UTF8.GetBytes(json));
            new ManifestBinder(found, AllDialects.Kinds).Bind(tokens);
            Assert.Equal(count, found.Pods.Count);
            Assert.Equal(count + 2000, found.All.Count);
        }
    }

    [Fact]
    public void Two_threads_read_a_long_list()
    {
        var found = new Findings { RestAt = 700 };
        var pod = Pod("{\"name\":\"web-#\",\"labels\":" + Labels + "}");
        using var tokens = Open(
            Encoding.UTF8.GetBytes($"[{string.Join(",", Enumerable.Range(0, 9000).Select(i => pod.Replace("#", $"{i}", StringComparison.Ordinal)))}]"));
        new ManifestBinder(found, AllDialects.Kinds).Bind(tokens);

        // Each thread has one object for equal labels, and so has the reader for items between blocks.
        Assert.Equal(9000, found.Pods.Count);
        var (least, most) = Environment.ProcessorCount > 1 ? (2, 3) : (1, 1);
        Assert.InRange(found.Pods.Select(static pod => pod.Labels).Distinct(ReferenceEqualityComparer.Instance).Count(), least, most);
    }

    [Fact]
    public void Reading_ends_when_it_is_cancelled()
    {
        using var cancellation = new CancellationTokenSource();
        var json = Encoding.UTF8.GetBytes($"[{string.Join(",", Enumerable.Range(0, 9000).Select(Item))}]");
        var found = new Findings { OnRest = cancellation.Cancel, RestAt = 700 };
        using var tokens = Open(json);
        Assert.Throws<OperationCanceledException>(() => new ManifestBinder(found, AllDialects.Kinds).Bind(tokens, cancellation.Token));
        Assert.InRange(found.All.Count, 700, 4000);
    }

    private static string Item(int number) => Items[number * number % 31 % Items.Length].Replace("#", $"{number}", StringComparison.Ordinal);

    private static string Pod(string metadata) =>
        $$$"""{"apiVersion":"v1","kind":"Pod","metadata":{{{metadata}}},"spec":{"containers":[{"name":"main","ports":[{"name":"http","containerPort":80}]}]},"status":{"podIP":"10.0.0.1"}}""";

    private static string Policy(string spec) =>
        $$$"""{"apiVersion":"networking.k8s.io/v1","kind":"NetworkPolicy","metadata":{"name":"policy-#","namespace":"shop"},"spec":{{{spec}}}}""";

    private static JsonTokenReader Open(byte[] json) => new(new MemoryStream(json), "input", new StringPool());

    /// <summary>Everything that is found, as text.</summary>
    private sealed class Findings : IManifestSink
    {
        public List<string> All { get; } = [];

        public List<ObjectMetadata> Pods { get; } = [];

        public int RestAt { get; init; } = -1;

        public Action? OnRest { get; init; }

        public void Add(KubernetesObject found)
        {
            if (found is Pod pod)
                Pods.Add(pod.Metadata);
            Take($"{found} {(found as NetworkPolicy)?.Ingress?[0].Location}");
        }

        public void Report(Diagnostic diagnostic) => Take($"{diagnostic} {diagnostic.Object} {diagnostic.Location} {diagnostic.FieldPath}");

        public void Skipped(string kind) => Take(kind);

        private void Take(string found)
        {
            All.Add(found);
            if (All.Count != RestAt)
                return;
            OnRest?.Invoke();
            Thread.Sleep(100);
        }
    }

    /// <summary>Tokens with nothing but what every reader has.</summary>
    private sealed class OneByOne(ManifestTokenReader tokens) : ManifestTokenReader
    {
        public override SourceLocation Location => tokens.Location;

        public override string Text => tokens.Text;

        public override bool Read()
        {
            try
            {
                return tokens.Read();
            }
            finally
            {
                Kind = tokens.Kind;
            }
        }

        public override void SkipDocument() => tokens.SkipDocument();

        protected override void Dispose(bool disposing)
        {
            if (disposing)
                tokens.Dispose();
            base.Dispose(disposing);
        }
    }
}
