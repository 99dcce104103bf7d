using NetPolTools.Difference;
using NetPolTools.Objects;
using NetPolTools.Reachability;

namespace NetPolTools.Causes;

/// <summary>
/// NetworkPolicies that have a name of their own. Of a large cluster they are most of the objects, and most of them stand in both states in the same order.
/// </summary>
internal sealed class PairedPolicies : IPairedParts
{
    /// <summary>So many are looked at in the time another thread needs to wake up.</summary>
    private const int FewestPolicies = 1000;

    private readonly List<(NetworkPolicy? Before, NetworkPolicy? After)> _pairs = [];

    /// <param name="before">Those of the earlier state.</param>
    /// <param name="after">Those of the later one.</param>
    public PairedPolicies(IReadOnlyList<NetworkPolicy> before, IReadOnlyList<NetworkPolicy> after)
    {
        Dictionary<ObjectReference, int>? places = null;
        var isPaired = new bool[after.Count];
        var next = 0;
        foreach (var was in before)
        {
            if (PlaceOf(was) is not { } place)
            {
                _pairs.Add((was, null));
                continue;
            }

            _pairs.Add((was, after[place]));
            isPaired[place] = true;
            next = place + 1;
        }

        for (var i = 0; i < after.Count; i++)
        {
            if (!isPaired[i])
                _pairs.Add((null, after[i]));
        }

        int? PlaceOf(NetworkPolicy was)
        {
            if (next < after.Count && AreOne(after[next], was))
                return next;
            places ??= Enumerable.Range(0, after.Count).ToDictionary(i => after[i].Reference);
            return places.TryGetValue(was.Reference, out var place) ? place : null;
        }
    }

    public int Count => _pairs.Count;

    public bool[] Relevant(RelevantObjects relevant) => Which(i => _pairs[i] is var (was, becomes)
        && ((was is not null && relevant.Contains(was)) || (becomes is not null && relevant.Contains(becomes))));

    public bool[] Changed(bool[]? asked) => Which(
        i => (asked is null || asked[i]) && !(_pairs[i] is ({ } was, { } becomes) && PolicyContent.AreSame(was, becomes)));

    public KubernetesObject[] Before(int part) => _pairs[part].Before is { } was ? [was] : [];

    public KubernetesObject[] After(int part) => _pairs[part].After is { } becomes ? [becomes] : [];

    public ObjectReference Reference(int part) => (_pairs[part].After ?? _pairs[part].Before)!.Reference;

    private static bool AreOne(NetworkPolicy one, NetworkPolicy other) => one.Name == other.Name && one.Metadata.Namespace == other.Metadata.Namespace;

    private bool[] Which(Predicate<int> holds)
    {
        var found = new bool[Count];
        var bounds = ParallelParts.Bounds(Count, FewestPolicies);
        ParallelParts.ForEachPart(
            bounds.Length - 1,
            part =>
            {
                for (var i = bounds[part]; i < bounds[part + 1]; i++)
                    found[i] = holds(i);
            },
            CancellationToken.None);
        return found;
    }
}
