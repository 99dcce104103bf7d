using NetPolTools.Authoring.Selecting;
using NetPolTools.Diagnostics;
using NetPolTools.Objects;
using NetPolTools.Sets;

namespace NetPolTools.Authoring.Inference;

/// <summary>Writes planned rules as NetworkPolicies: a deny of everything for a namespace, and a policy for pods of the same rules.</summary>
internal sealed class PolicyWriter(EndDirectory directory, TrafficNodes nodes, InferenceScope scope, Action<Diagnostic> report)
{
    private readonly HashSet<string> _toldOfNamespace = [];

    /// <param name="ns">In scope.</param>
    /// <param name="planner">Knows what the pods of the namespace need.</param>
    public IEnumerable<NetworkPolicy> Policies(string ns, RulePlanner planner)
    {
        yield return Policy(ns, PolicyNames.DefaultDeny, LabelSelector.Everything, new PlannedRules([], []));
        var names = new PolicyNames();
        var groups = new Dictionary<PlannedRules, IndexSet.Builder>();
        var inOrder = new List<PlannedRules>();
        PlannedRules? ofAllPods = null;
        foreach (var node in nodes.In(ns))
        {
            if (planner.RulesOf(node) is not { IsEmpty: false } rules)
                continue;
            if (nodes.IsNamespace(node))
            {
                ofAllPods = rules;
                continue;
            }

            if (!groups.TryGetValue(rules, out var group))
            {
                groups.Add(rules, group = new IndexSet.Builder());
                inOrder.Add(rules);
            }

            group.Add(nodes.LocalOf(node));
        }

        if (ofAllPods is not null)
            yield return Policy(ns, names.ForAllPods(), LabelSelector.Everything, ofAllPods);
        foreach (var rules in inOrder)
        {
            foreach (var (selector, classes) in Cover(ns, groups[rules].Build()))
                yield return Policy(ns, names.For(WorkloadsIn(ns, classes)), selector, rules);
        }
    }

    private NetworkPolicy Policy(string ns, string name, LabelSelector selector, PlannedRules rules) =>
        new(new ObjectMetadata { Name = name, Namespace = ns })
        {
            PodSelector = selector,
            PolicyTypes = scope.PolicyTypes,
            Ingress = rules.Ingress.Length == 0 ? null : [.. rules.Ingress.Select(rule => Rule(ns, rule))],
            Egress = rules.Egress.Length == 0 ? null : [.. rules.Egress.Select(rule => Rule(ns, rule))],
        };

    private NetworkPolicyRule Rule(string ns, PlannedRule rule) => new()
    {
        Peers = [.. Pods(ns, rule.Peers), .. AddressBlocks.Of(rule.Addresses).Select(static block => new NetworkPolicyPeer { IPBlock = block })],
        Ports = PolicyPorts.Of(rule.Ports),
    };

    private IEnumerable<NetworkPolicyPeer> Pods(string ns, IndexSet peers)
    {
        // Of several namespaces, one peer where the same selector means the right pods in each.
        var others = new Dictionary<string, (LabelSelector? Selector, List<string> Namespaces)>();
        foreach (var (name, selector) in SelectorsOf(peers))
        {
            if (name == ns)
            {
                yield return new NetworkPolicyPeer { PodSelector = selector ?? LabelSelector.Everything };
                continue;
            }

            var key = selector?.ToString() ?? "";
            if (!others.TryGetValue(key, out var entry))
                others.Add(key, entry = (selector, []));
            entry.Namespaces.Add(name);
        }

        foreach (var (selector, namespaces) in others.Values)
            yield return new NetworkPolicyPeer
            {
                NamespaceSelector = NamespaceSelectors.Named([.. namespaces.Order(StringComparer.Ordinal)]),
                PodSelector = selector
            };
    }

    /// <summary>By namespace in order; null for every pod of one.</summary>
    private IEnumerable<(string Namespace, LabelSelector? Selector)> SelectorsOf(IndexSet peers)
    {
        foreach (var node in peers.Slice(nodes.ClassCount, nodes.Count))
            yield return (nodes.NamespaceOf(node), null);
        foreach (var (name, classes) in nodes.ByNamespace(peers))
        {
            foreach (var (selector, _) in Cover(name, classes))
                yield return (name, selector);
        }
    }

    private IReadOnlyList<ChosenSelector> Cover(string ns, IndexSet classes)
    {
        var chosen = nodes.SelectorsOf(ns).Cover(classes);
        if (chosen.Any(static one => one.Selector.SelectsEverything) && _toldOfNamespace.Add(ns))
        {
            report(new Diagnostic(
                DiagnosticId.SelectsWholeNamespace,
                DiagnosticSeverity.Warning,
                $"The pods of {string.Join(", ", WorkloadsIn(ns, classes))} have no label to be selected by, so "
                    + "podSelector {} selects every pod of the namespace, those to come too.")
            {
                Object = new ObjectReference(Namespace.KindName, null, ns),
            });
        }

        return chosen;
    }

    private List<string> WorkloadsIn(string ns, IndexSet classes)
    {
        var (start, end) = directory.Endpoints.InNamespace(ns);
        return [.. Enumerable.Range(start, end - start)
            .Where(pod => classes.Contains(nodes.LocalOf(nodes.OfPod(directory.Endpoints[pod], pod))))
            .Select(pod => directory.Endpoints[pod].Owner.Name)
            .Distinct()];
    }
}
