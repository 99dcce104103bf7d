using NetPolTools.Objects;
using NetPolTools.Reachability;
using NetPolTools.Sets;
using NetPolTools.Text;

namespace NetPolTools.Linting;

/// <summary>
/// Looks for rules that allow what blocks leave out. What many blocks ask of the same pods is looked up once: namespaces with thousands of policies have few
/// different pods, blocks and ports. Not thread safe.
/// </summary>
internal sealed class ReopenedBlocks(LintContext context)
{
    private const int DnsPort = 53;

    /// <summary>It is allowed to everywhere more often than not.</summary>
    private static readonly PortSet Dns = PortSet.Of(Protocol.UDP, DnsPort).Union(PortSet.Of(Protocol.TCP, DnsPort));

    private readonly Dictionary<IndexSet, OfSubjects> _ingress = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<IndexSet, OfSubjects> _egress = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<SubjectGroup, WideSites?> _groups = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<(RuleSet, AddressRange), PortSet[]> _ports = [];
    private readonly PortSetPool _pool = new();

    /// <summary>Of the exceptions of a block one that is allowed, by which rule, and to which pod.</summary>
    public (string Except, WideSite By, int Pod)? Reopening(PeerSite site, IPBlock block)
    {
        var ports = _pool.Intern(Ports(site.Rule).Except(Dns));
        if (ports.IsEmpty)
            return null;
        var subjects = Subjects(site.Rule);
        (string Except, WideSite By, int Pod)? found = null;
        foreach (var text in block.Except)
        {
            // The pod that comes first, and for it the exception that comes first.
            if (AddressRange.TryParseCidr(text, out var except, out _, out _) && Reopening(subjects, except, ports) is var (by, pod)
                && (found is not { } earlier || pod < earlier.Pod))
            {
                found = (text, by, pod);
            }
        }

        return found;
    }

    /// <summary>The block that leaves the addresses out is never the one that is found: it does not cover them.</summary>
    private (WideSite By, int Pod)? Reopening(OfSubjects subjects, AddressRange except, PortSet ports)
    {
        if (subjects.Known?.TryGetValue((except, ports), out var known) == true)
            return known;
        (WideSite, int)? found = null;
        foreach (var (policies, pod) in subjects.First)
        {
            // What an administrator denies is not opened by any rule.
            if (FindWide(policies, except, ports) is { } by && Array.TrueForAll(Allowed(policies, except), open => open.Overlaps(ports)))
            {
                found = (by, pod);
                break;
            }
        }

        // Most pods are under few policies, and nobody asks again.
        if (subjects.HasManyPolicies)
            (subjects.Known ??= []).Add((except, ports), found);
        return found;
    }

    private WideSite? FindWide(RuleSet policies, AddressRange except, PortSet ports)
    {
        WideSite? first = null;
        foreach (var group in policies.Groups)
        {
            if (!_groups.TryGetValue(group, out var sites))
                _groups.Add(group, sites = WideSites.Of(group, policies.Direction, Ports));
            foreach (var other in sites?.Covering(except) ?? [])
            {
                if (first is { } best && best.Position < other.Position)
                    break;
                if (other.Ports.Overlaps(ports))
                {
                    first = other;
                    break;
                }
            }
        }

        return first;
    }

    /// <summary>The ports that each part of a block is allowed on.</summary>
    private PortSet[] Allowed(RuleSet policies, AddressRange block)
    {
        if (!_ports.TryGetValue((policies, block), out var ports))
            _ports.Add((policies, block), ports = [.. context.Endpoints.IndexesOfAddresses(block).Select(policies.PortsFor)]);
        return ports;
    }

    private OfSubjects Subjects(RuleSite rule)
    {
        var pods = context.Subjects(rule.Policy);
        var known = rule.Direction == PolicyDirection.Ingress ? _ingress : _egress;
        if (!known.TryGetValue(pods, out var subjects))
            known.Add(pods, subjects = new OfSubjects(context.Map, pods, rule.Direction));
        return subjects;
    }

    private PortSet Ports(RuleSite rule) => RulePorts.Numbers(rule.Rule, context.Map.Traffic, _pool);

    /// <summary>A rule for a block, or for everyone.</summary>
    /// <param name="Range">The block; null for everyone.</param>
    /// <param name="Position">Of its policy in the snapshot.</param>
    /// <param name="Order">Among the rules for the same pods.</param>
    internal sealed record WideSite(RuleSite Rule, PeerSite? Peer, AddressRange? Range, PortSet Ports, int Position, int Order)
    {
        /// <summary>What the block leaves out.</summary>
        public AddressRange[] Except { get; init; } = [];

        public string Path => Peer?.Path ?? Rule.Path;

        public SourceLocation Location => Peer?.Peer.Location ?? Rule.Rule.Location;
    }

    /// <summary>Pods that some policies select.</summary>
    private sealed class OfSubjects
    {
        private const int FewPolicies = 8;

        public OfSubjects(ReachabilityMap map, IndexSet pods, PolicyDirection direction)
        {
            // Pods that are treated alike often stand together.
            RuleSet? last = null;
            HashSet<RuleSet>? seen = null;
            foreach (var pod in pods)
            {
                if (map.RulesOf(direction, pod) is not { } policies || ReferenceEquals(policies, last))
                    continue;
                if (last is not null)
                    (seen ??= new HashSet<RuleSet>(ReferenceEqualityComparer.Instance)).Add(last);
                last = policies;
                if (seen?.Contains(policies) != true)
                    First.Add((policies, pod));
            }

            foreach (var group in First.Count == 0 ? [] : First[0].Policies.Groups)
                HasManyPolicies |= group.Policies.Length > FewPolicies;
        }

        /// <summary>Of those that are treated alike the first.</summary>
        public List<(RuleSet Policies, int Pod)> First { get; } = [];

        /// <summary>Whether some of the policies are many that select the very same pods.</summary>
        public bool HasManyPolicies { get; }

        public Dictionary<(AddressRange Except, PortSet Ports), (WideSite By, int Pod)?>? Known { get; set; }
    }

    /// <summary>The rules for addresses that some policies for the same pods have, peer by peer.</summary>
    private sealed class WideSites
    {
        private const int FewSites = 8;

        private readonly List<WideSite> _all = [];
        private readonly Dictionary<AddressRange, WideSite[]>? _covering;
        private readonly WiderBlocks<WideSite>? _blocks;

        private WideSites(SubjectGroup group, PolicyDirection direction, Func<RuleSite, PortSet> ports)
        {
            foreach (var (position, policy) in group.Policies)
            {
                var rules = policy.Rules(direction);
                for (var i = 0; i < rules.Count; i++)
                    Add(new RuleSite(policy, direction, i, rules[i]), position, ports);
            }

            if (_all.Count <= FewSites)
                return;
            (_covering, _blocks) = ([], new WiderBlocks<WideSite>());
            foreach (var site in _all)
            {
                if (site.Range is { } range)
                    _blocks.Add(range, site);
            }
        }

        /// <summary>Null where they have none.</summary>
        public static WideSites? Of(SubjectGroup group, PolicyDirection direction, Func<RuleSite, PortSet> ports) =>
            new WideSites(group, direction, ports) is { _all.Count: > 0 } sites ? sites : null;

        /// <summary>Those that allow all of a block, in order; where there are many, of those for the same ports the first.</summary>
        public IReadOnlyList<WideSite> Covering(AddressRange range)
        {
            if (_covering is null || _blocks is null)
                return _all.Exists(site => !HasAll(site, range)) ? _all.FindAll(site => HasAll(site, range)) : _all;
            if (!_covering.TryGetValue(range, out var covering))
                _covering.Add(range, covering = FirstOfPorts(_all.Where(static site => site.Range is null).Concat(_blocks.Covering(range)), range));

            return covering;
        }

        private void Add(RuleSite rule, int position, Func<RuleSite, PortSet> ports)
        {
            PortSet? ofRule = null;
            if (rule.NamesNoPeer)
                _all.Add(new WideSite(rule, null, null, ports(rule), position, _all.Count));
            for (var p = 0; p < rule.Rule.Peers?.Count; p++)
            {
                if (rule.Rule.Peers[p].IPBlock is { } block && AddressRange.TryParseCidr(block.Cidr, out var range, out _, out _))
                    _all.Add(new WideSite(rule, rule.Peer(p), range, ofRule ??= ports(rule), position, _all.Count) { Except = Parsed(block.Except) });
            }
        }

        private static WideSite[] FirstOfPorts(IEnumerable<WideSite> sites, AddressRange range)
        {
            var first = new Dictionary<PortSet, WideSite>();
            foreach (var site in sites)
            {
                if (HasAll(site, range) && (!first.TryGetValue(site.Ports, out var known) || site.Order < known.Order))
                    first[site.Ports] = site;
            }

            return [.. first.Values.OrderBy(static site => site.Order)];
        }

        private static bool HasAll(WideSite site, AddressRange range)
        {
            if (site.Range is not { } wide)
                return true;
            if (!wide.Contains(range))
                return false;
            foreach (var except in site.Except)
            {
                if (except.Overlaps(range))
                    return false;
            }

            return true;
        }

        private static AddressRange[] Parsed(IReadOnlyList<string> blocks)
        {
            var ranges = new List<AddressRange>(blocks.Count);
            for (var i = 0; i < blocks.Count; i++)
            {
                if (AddressRange.TryParseCidr(blocks[i], out var range, out _, out _))
                    ranges.Add(range);
            }

            return [.. ranges];
        }
    }
}
