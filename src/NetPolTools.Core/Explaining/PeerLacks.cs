using NetPolTools.Objects;
using NetPolTools.Reachability;

namespace NetPolTools.Explaining;

/// <summary>What an end lacks to be a peer, in words that follow "would match if".</summary>
internal static class PeerLacks
{
    /// <param name="peer">One that does not match.</param>
    /// <param name="policyNamespace">What a podSelector alone looks at.</param>
    /// <param name="end">"source" or "destination".</param>
    /// <param name="pod">The end, where it is a pod.</param>
    /// <param name="namespaceLabels">Those of the pod's namespace.</param>
    public static IReadOnlyList<string> Of(NetworkPolicyPeer peer, string policyNamespace, string end, Endpoint? pod, LabelSet namespaceLabels)
    {
        if (peer.IPBlock is { } block)
            return [OfBlock(block, end, pod)];
        if (pod is null)
            return [$"the {end} were a pod"];
        var lacks = new List<string>();
        if (pod.IsHostNetwork)
            lacks.Add($"the {end} did not use hostNetwork");
        if (peer.NamespaceSelector is { } namespaces)
            lacks.AddRange(Of(namespaces, namespaceLabels, "namespace"));
        else if (pod.Namespace != policyNamespace)
            lacks.Add($"the pod were in namespace {policyNamespace}");
        if (peer.PodSelector is { } pods)
            lacks.AddRange(Of(pods, pod.Labels, "pod"));
        return lacks;
    }

    /// <summary>What labels lack to match a selector.</summary>
    /// <param name="selector">Of pods or namespaces.</param>
    /// <param name="labels">Those that are there.</param>
    /// <param name="what">"pod" or "namespace".</param>
    public static IEnumerable<string> Of(LabelSelector selector, LabelSet labels, string what)
    {
        foreach (var (key, value) in selector.MatchLabels)
        {
            if (!labels.TryGet(key, out var actual) || actual != value)
                yield return $"the {what} had {key}={value}";
        }

        foreach (var requirement in selector.MatchExpressions.Where(requirement => !requirement.Matches(labels)))
        {
            yield return requirement.Operator switch
            {
                LabelSelectorRequirement.In => $"the {what} had {requirement}",
                LabelSelectorRequirement.Exists => $"the {what} had the label {requirement.Key}",
                LabelSelectorRequirement.DoesNotExist => $"the {what} did not have the label {requirement.Key}",
                _ => $"the {what} did not have {requirement.Key} in ({string.Join(",", requirement.Values)})",
            };
        }
    }

    private static string OfBlock(IPBlock block, string end, Endpoint? pod)
    {
        if (pod is { Addresses.Count: 0 })
            return $"the {end}'s address were known and in {block.Cidr}";
        var excepted = block.Except.Count == 0 ? "" : $" and not in {string.Join(", ", block.Except)}";
        return $"the {end}'s address were in {block.Cidr}{excepted}";
    }
}
