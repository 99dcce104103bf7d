using System.Text.Json;

namespace NetPolTools.Benchmarks;

/// <summary>
/// Writes a cluster as kubectl would list it: namespaces with team and env, workloads or pods with app, tier and release, and policies of the mix that
/// people write. The same seed gives the same bytes.
/// </summary>
internal sealed class GeneratedCluster(ClusterShape shape, int seed = 1)
{
    private const int FlushAt = 1 << 16;

    private static readonly string[] Tiers = ["web", "api", "db", "cache"];
    private static readonly string[] Environments = ["dev", "stage", "prod"];

    private readonly Random _random = new(seed);
    private int _podNumber;

    /// <summary>Whether the last workload and one policy of the first namespace are missing; all else is the same.</summary>
    public bool IsChanged { get; init; }

    public byte[] ToJson()
    {
        using var buffer = new MemoryStream();
        WriteJson(buffer);
        return buffer.ToArray();
    }

    /// <param name="stream">Takes it.</param>
    /// <param name="isIndented">As kubectl prints it; otherwise as the API server sends it, without a blank.</param>
    public void WriteJson(Stream stream, bool isIndented = false)
    {
        using var json = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = isIndented, IndentSize = 4 });
        json.WriteStartObject();
        json.WriteString("apiVersion", "v1");
        json.WriteString("kind", "List");
        json.WriteStartArray("items");
        WriteItems(json, () =>
        {
            if (json.BytesPending > FlushAt)
                json.Flush();
        });
        json.WriteEndArray();
        json.WriteEndObject();
    }

    /// <summary>A document for each object. Flow style, as YAML allows: the scanner has as much to do as with block style.</summary>
    public void WriteYaml(Stream stream)
    {
        using var json = new Utf8JsonWriter(stream, new JsonWriterOptions { SkipValidation = true });
        WriteItems(json, () =>
        {
            json.Flush();
            json.Reset();
            stream.Write("\n---\n"u8);
        });
    }

    private void WriteItems(Utf8JsonWriter json, Action afterItem)
    {
        // What a changed cluster lacks is written nowhere, so that all else has the same numbers.
        using var nowhere = new Utf8JsonWriter(Stream.Null, new JsonWriterOptions { SkipValidation = true });
        var policies = new GeneratedPolicies(shape, _random, Tiers, Environments);
        for (var n = 0; n < shape.Namespaces; n++)
        {
            WriteNamespace(json, n);
            afterItem();
            for (var app = 0; app < shape.Apps; app++)
                WriteApp(IsChanged && n == shape.Namespaces - 1 && app == shape.Apps - 1 ? nowhere : json, n, app, afterItem);
            for (var p = 0; p < shape.Policies; p++)
            {
                policies.Write(IsChanged && n == 0 && p == 1 ? nowhere : json, n, p);
                afterItem();
            }
        }

        // By numbers of its own, so that the rest is the same with it and without.
        if (shape.GlobalPolicies > 0)
            new GeneratedGlobalPolicies(shape, new Random(1), Tiers, Environments).Write(json, afterItem);
    }

    private void WriteNamespace(Utf8JsonWriter json, int n)
    {
        Begin(json, "v1", "Namespace", $"ns-{n}", null);
        json.WriteStartObject("labels");
        json.WriteString("kubernetes.io/metadata.name", $"ns-{n}");
        json.WriteString("team", $"team-{_random.Next(shape.Teams())}");
        json.WriteString("env", Environments[_random.Next(Environments.Length)]);
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private void WriteApp(Utf8JsonWriter json, int n, int app, Action afterItem)
    {
        var (tier, release) = (Tiers[_random.Next(Tiers.Length)], $"r{_random.Next(3)}");
        if (shape.Pods == 0)
        {
            WriteDeployment(json, n, app, tier, release);
            afterItem();
        }

        for (var pod = 0; pod < shape.Pods; pod++)
        {
            WritePod(json, n, app, pod, tier, release);
            afterItem();
        }
    }

    private static void WriteDeployment(Utf8JsonWriter json, int n, int app, string tier, string release)
    {
        Begin(json, "apps/v1", "Deployment", $"app-{app}", n);
        json.WriteEndObject();
        json.WriteStartObject("spec");
        json.WriteNumber("replicas", 1);
        json.WriteStartObject("template");
        json.WriteStartObject("metadata");
        WriteLabels(json, app, tier, release);
        json.WriteEndObject();
        WritePodSpec(json, app);
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private void WritePod(Utf8JsonWriter json, int n, int app, int pod, string tier, string release)
    {
        var number = ++_podNumber;
        var ip = $"10.{number >> 16}.{(number >> 8) & 255}.{number & 255}";
        Begin(json, "v1", "Pod", $"app-{app}-{pod}", n);
        WriteLabels(json, app, tier, release);
        json.WriteStartArray("ownerReferences");
        json.WriteStartObject();
        json.WriteString("apiVersion", "apps/v1");
        json.WriteString("kind", "ReplicaSet");
        json.WriteString("name", $"app-{app}");
        json.WriteString("uid", $"{n}-{app}");
        json.WriteBoolean("controller", true);
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteEndObject();
        WritePodSpec(json, app);
        json.WriteStartObject("status");
        json.WriteString("phase", "Running");
        json.WriteString("hostIP", "192.168.0.1");
        json.WriteString("podIP", ip);
        json.WriteStartArray("podIPs");
        json.WriteStartObject();
        json.WriteString("ip", ip);
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndObject();
    }

    /// <summary>Up to within metadata, behind the namespace.</summary>
    internal static void Begin(Utf8JsonWriter json, string apiVersion, string kind, string name, int? n)
    {
        json.WriteStartObject();
        json.WriteString("apiVersion", apiVersion);
        json.WriteString("kind", kind);
        json.WriteStartObject("metadata");
        json.WriteString("name", name);
        if (n is not null)
            json.WriteString("namespace", $"ns-{n}");
    }

    private static void WriteLabels(Utf8JsonWriter json, int app, string tier, string release)
    {
        json.WriteStartObject("labels");
        json.WriteString("app", $"app-{app}");
        json.WriteString("tier", tier);
        json.WriteString("release", release);
        json.WriteEndObject();
    }

    private static void WritePodSpec(Utf8JsonWriter json, int app)
    {
        json.WriteStartObject("spec");
        json.WriteStartArray("containers");
        json.WriteStartObject();
        json.WriteString("name", "main");
        json.WriteString("image", "main");
        json.WriteStartArray("ports");
        WritePort(json, "http", 8080);
        WritePort(json, "metrics", 9000 + (app % 5));
        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WritePort(Utf8JsonWriter json, string name, int number)
    {
        json.WriteStartObject();
        json.WriteString("name", name);
        json.WriteNumber("containerPort", number);
        json.WriteString("protocol", "TCP");
        json.WriteEndObject();
    }
}
