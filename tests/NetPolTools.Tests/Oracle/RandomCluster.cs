using System.Text.Json;
using System.Text.Json.Serialization;
using NetPolTools.Objects;
using NetPolTools.Sets;
using NetPolTools.Snapshot;

namespace NetPolTools.Tests.Oracle;

/// <summary>
/// A small cluster made by chance. Its text is what a failed property shows; it can be made smaller to find what the failure depends on.
/// </summary>
internal sealed class RandomCluster
{
    private static readonly JsonSerializerOptions Json = new()
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault,
        Converters =
        {
            new AsText<LabelSet>(),
            new AsText<LabelSelector>(),
            new AsText<NetAddress>(),
            new AsText<ObjectReference>(),
            new AsText<PortNumberOrName>(),
        },
    };

    public RandomCluster(IEnumerable<KubernetesObject> objects)
    {
        Objects = [.. objects];
        var builder = new ClusterSnapshotBuilder();
        foreach (var made in Objects)
            builder.Add(made);
        Snapshot = builder.Build();
    }

    public IReadOnlyList<KubernetesObject> Objects { get; }

    public ClusterSnapshot Snapshot { get; }

    /// <summary>The same without one object, or with one rule, peer or port less in one policy.</summary>
    public IEnumerable<RandomCluster> Smaller()
    {
        for (var i = 0; i < Objects.Count; i++)
        {
            yield return new RandomCluster(Objects.Where((_, at) => at != i));
            if (Objects[i] is not NetworkPolicy policy)
                continue;
            foreach (var smaller in Smaller(policy))
                yield return new RandomCluster(Objects.Select((made, at) => at == i ? smaller : made));
        }
    }

    public override string ToString() =>
        string.Concat(Objects.Select(static made => $"\n{JsonSerializer.Serialize(made, made.GetType(), Json)}"));

    private static IEnumerable<NetworkPolicy> Smaller(NetworkPolicy policy) =>
        Smaller(policy.Ingress, Smaller).Select(rules => policy with { Ingress = rules })
            .Concat(Smaller(policy.Egress, Smaller).Select(rules => policy with { Egress = rules }));

    private static IEnumerable<NetworkPolicyRule> Smaller(NetworkPolicyRule rule) =>
        Smaller(rule.Peers, static _ => []).Select(peers => rule with { Peers = peers })
            .Concat(Smaller(rule.Ports, static _ => []).Select(ports => rule with { Ports = ports }));

    /// <summary>One item less, or one item smaller. The last item stays: an empty list means something else.</summary>
    private static IEnumerable<List<T>> Smaller<T>(IReadOnlyList<T>? list, Func<T, IEnumerable<T>> smallerItems)
    {
        for (var i = 0; i < list?.Count; i++)
        {
            if (list.Count > 1)
                yield return [.. list.Where((_, at) => at != i)];
            foreach (var smaller in smallerItems(list[i]))
                yield return [.. list.Select((item, at) => at == i ? smaller : item)];
        }
    }

    private sealed class AsText<T> : JsonConverter<T>
    {
        public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            throw new NotSupportedException();

        public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) =>
            writer.WriteStringValue(value!.ToString());
    }
}
