using System.Runtime.InteropServices;
using NetPolTools.Diagnostics;
using NetPolTools.Listing;
using NetPolTools.Objects;
using NetPolTools.Reachability;
using NetPolTools.Sets;

namespace NetPolTools.Authoring.Inference;

/// <summary>
/// From traffic to the least policies that allow just that: in every namespace in scope everything is denied, and for every two ends of which at least one
/// is selectable and in scope, what the policies allow is what was asked for. What no selector can say is left out and told, never widened.
/// </summary>
/// <remarks>
/// Addresses become ipBlocks of just these addresses. Whether such a block also lets in pods whose own addresses lie inside is for the network plugin to
/// say; where a known address of a pod makes that a connection nobody asked for, a diagnostic tells.
/// </remarks>
public static class PolicyInference
{
    /// <param name="directory">Where the ends of the traffic were found.</param>
    /// <param name="traffic">What is to be allowed; the same two ends may stand in it several times.</param>
    /// <param name="options">Which namespaces and directions.</param>
    /// <param name="cancellation">Looked at between namespaces.</param>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static InferredPolicies Infer(
        EndDirectory directory, IEnumerable<Traffic> traffic, InferenceOptions? options = null, CancellationToken cancellation = default)
    {
        options ??= new InferenceOptions();
        var all = Folded(traffic.Where(static line => !IsOwnNode(line.Source)));
        var mentioned = all.SelectMany(static line => new[] { line.Source, line.Destination }).Select(InferenceScope.NamespaceOf).OfType<string>();
        var scope = new InferenceScope(options.Namespaces ?? [.. mentioned.Where(static ns => !SystemNamespaces.Contains(ns))], options.Direction);
        if (!scope.Namespaces.Any())
        {
            const string OnlySystem = "The connections name no namespace but those of the system, which get policies only where they are named.";
            return new InferredPolicies([], [new Diagnostic(DiagnosticId.NoTraffic, DiagnosticSeverity.Warning, OnlySystem)]);
        }

        var decided = all.Where(scope.Decides).ToArray();
        var diagnostics = new List<Diagnostic>(UnselectableTraffic.Ends(decided));

        var nodes = new TrafficNodes(directory);
        var atoms = new TrafficAtoms(directory.Endpoints, nodes, decided.SelectMany(static line => new[] { line.Source, line.Destination }).Distinct());
        var asked = new AskedTraffic(nodes, atoms, decided);
        var allowed = new AllowedTraffic(asked, nodes, atoms);
        diagnostics.AddRange(new UnselectableTraffic(asked, allowed, nodes, atoms).Twins());

        var planner = new RulePlanner(allowed, scope);
        var writer = new PolicyWriter(directory, nodes, scope, diagnostics.Add);
        var policies = new List<NetworkPolicy>();
        foreach (var ns in scope.Namespaces)
        {
            cancellation.ThrowIfCancellationRequested();
            policies.AddRange(writer.Policies(ns, planner));
        }

        diagnostics.AddRange(new InferenceCheck(directory, scope, asked, allowed, nodes, atoms).Of(policies, cancellation));
        diagnostics.AddRange(new ReplacedPolicies(directory.Snapshot).Among(policies));
        return new InferredPolicies(policies, diagnostics);
    }

    /// <summary>A node always reaches the pods it runs.</summary>
    private static bool IsOwnNode(TrafficEnd end) => end.Name is { Kind: ConnectionEnd.EntityKind, Name: { } name } && new NamedEnd(name).IsOwnNode;

    /// <summary>One line for the same two ends, in the order they come first.</summary>
    private static List<Traffic> Folded(IEnumerable<Traffic> traffic)
    {
        var ports = new Dictionary<(TrafficEnd, TrafficEnd), PortSet>();
        foreach (var (source, destination, one) in traffic)
        {
            ref var known = ref CollectionsMarshal.GetValueRefOrAddDefault(ports, (source, destination), out _);
            known = known?.Union(one) ?? one;
        }

        return [.. ports.Where(static entry => !entry.Value.IsEmpty).Select(static entry => new Traffic(entry.Key.Item1, entry.Key.Item2, entry.Value))];
    }
}
