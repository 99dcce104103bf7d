using System.Numerics;
using NetPolTools.Objects;
using NetPolTools.Reachability;
using NetPolTools.Sets;

namespace NetPolTools.Isolation;

/// <summary>
/// Counts whom rule sets allow, as sets: how many workloads stand behind each class of pods is worked out once, so that the peers of a rule set are
/// counted by their bits and never listed. Immutable.
/// </summary>
internal sealed class PeerCounter
{
    private readonly ReachabilityMap _map;

    /// <summary>The classes that stand for pods, a bit for each number of an endpoint.</summary>
    private readonly ulong[] _podClasses;
    private readonly int _podClassCount;

    /// <summary>
    /// The numbers of workloads by class, bit by bit: a class is in plane b where bit b of its number is set. With 3 workloads it is in planes 0 and 1.
    /// Workloads that have pods in several classes are not among them.
    /// </summary>
    private readonly List<ulong[]> _planes = [];

    /// <summary>The classes with pods of workloads that have pods in other classes too, a bit for each; and these workloads, by class.</summary>
    private readonly ulong[] _splitClasses;
    private readonly Dictionary<int, int[]> _splitOwners = [];

    /// <summary>The classes with pods of each workload that has pods in several.</summary>
    private readonly Dictionary<ObjectReference, int[]> _classesOfSplit = [];

    /// <summary>
    /// Addresses that are neither pods' nor those of a pod of which nothing is known. Ranges that are all addresses of pods are not outside: those pods
    /// are counted themselves.
    /// </summary>
    private readonly IndexSet _outside;

    /// <param name="map">Whose classes are counted.</param>
    /// <param name="withHostNetwork">Whether pods on the host network are workloads like any; to policies they are addresses.</param>
    public PeerCounter(ReachabilityMap map, bool withHostNetwork = false)
    {
        _map = map;
        _podClasses = new ulong[(map.Endpoints.Count + 63) / 64];
        _splitClasses = new ulong[_podClasses.Length];
        var pods = withHostNetwork ? map.Endpoints.PodCount : map.Endpoints.SelectableCount;
        var classes = map.Classes.Representatives.Slice(0, pods);
        foreach (var c in classes)
            Mark(_podClasses, c);
        _podClassCount = classes.Count;
        _outside = map.Classes.Representatives.Slice(pods, map.Endpoints.UnknownPod).Except(map.Occupied.ByPods);
        CountOwners(classes);
    }

    /// <summary>What a rule set allows.</summary>
    /// <param name="ruleSet">Of the map.</param>
    /// <param name="scratch">As large as the map.</param>
    public PeerCount Count(RuleSet ruleSet, IndexSetAccumulator scratch)
    {
        scratch.Clear();
        ruleSet.AddPeers(scratch);
        return Count(scratch);
    }

    /// <summary>How many there are behind classes.</summary>
    public PeerCount Count(IndexSetAccumulator peers)
    {
        int classes = 0, workloads = 0;
        HashSet<int>? foundSplit = null;
        foreach (var position in peers.Touched)
        {
            var pods = peers[position] & _podClasses[position];
            classes += BitOperations.PopCount(pods);
            for (var plane = 0; plane < _planes.Count; plane++)
                workloads += BitOperations.PopCount(pods & _planes[plane][position]) << plane;
            for (var split = pods & _splitClasses[position]; split != 0; split &= split - 1)
                (foundSplit ??= []).UnionWith(_splitOwners[(position * 64) + BitOperations.TrailingZeroCount(split)]);
        }

        bool isEveryAddress = true, isAnyAddress = false;
        for (var i = 0; i < _outside.Words.Length; i++)
        {
            var found = peers[_outside.Positions[i]];
            isEveryAddress &= (_outside.Words[i] & ~found) == 0;
            isAnyAddress |= (_outside.Words[i] & found) != 0;
        }

        var unknown = _map.Endpoints.UnknownPod;
        return new PeerCount(
            workloads + (foundSplit?.Count ?? 0),
            classes == _podClassCount,
            isAnyAddress,
            isEveryAddress,
            peers.Contains(unknown) && _map.Classes.Representatives.Contains(unknown));
    }

    /// <summary>Whether the workload of a pod is among those behind classes.</summary>
    public bool HasWorkloadOf(int pod, IndexSetAccumulator peers) => _classesOfSplit.TryGetValue(_map.Endpoints[pod].Owner, out var classes)
        ? Array.Exists(classes, peers.Contains)
        : peers.Contains(_map.Classes.ClassOf(pod));

    private void CountOwners(IndexSet classes)
    {
        const int Several = -2;
        var numbers = new Dictionary<ObjectReference, int>();
        var classOf = new List<int>();
        foreach (var c in classes)
        {
            foreach (var member in _map.Classes.Members(c))
            {
                var owner = _map.Endpoints[member].Owner;
                if (!numbers.TryGetValue(owner, out var number))
                {
                    numbers.Add(owner, classOf.Count);
                    classOf.Add(c);
                }
                else if (classOf[number] != c)
                {
                    classOf[number] = Several;
                }
            }
        }

        var owners = new HashSet<int>();
        var classesOf = new Dictionary<int, List<int>>();
        foreach (var c in classes)
        {
            owners.Clear();
            foreach (var member in _map.Classes.Members(c))
                owners.Add(numbers[_map.Endpoints[member].Owner]);
            int[] split = [.. owners.Where(owner => classOf[owner] == Several)];
            if (split.Length > 0)
            {
                Mark(_splitClasses, c);
                _splitOwners.Add(c, split);
                foreach (var owner in split)
                {
                    if (!classesOf.TryGetValue(owner, out var all))
                        classesOf.Add(owner, all = []);
                    all.Add(c);
                }
            }

            var whole = owners.Count - split.Length;
            for (var plane = 0; whole >> plane != 0; plane++)
            {
                if (plane == _planes.Count)
                    _planes.Add(new ulong[_podClasses.Length]);
                if (((whole >> plane) & 1) != 0)
                    Mark(_planes[plane], c);
            }
        }

        foreach (var (owner, number) in classesOf.Count == 0 ? [] : numbers)
        {
            if (classesOf.TryGetValue(number, out var all))
                _classesOfSplit.Add(owner, [.. all]);
        }
    }

    private static void Mark(ulong[] bits, int index) => bits[index >> 6] |= 1UL << (index & 63);
}

/// <summary>Whom a rule set allows, on any port.</summary>
/// <param name="Workloads">How many workloads have pods among them.</param>
/// <param name="IsEveryWorkload">Whether no pod that policies can select is left out.</param>
/// <param name="IsAnyAddress">Whether some address outside is among them; pods on the host network are addresses to policies.</param>
/// <param name="IsEveryAddress">Whether every address outside is among them.</param>
/// <param name="HasUnknownPod">Whether a pod of which nothing is known is among them.</param>
internal readonly record struct PeerCount(int Workloads, bool IsEveryWorkload, bool IsAnyAddress, bool IsEveryAddress, bool HasUnknownPod);
