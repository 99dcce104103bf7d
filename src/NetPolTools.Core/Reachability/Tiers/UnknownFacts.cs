using NetPolTools.Policies;

namespace NetPolTools.Reachability;

/// <summary>What would have to be known to tell whether a rule matches, as nouns.</summary>
internal sealed class UnknownFacts(EndpointTable endpoints)
{
    /// <param name="decision">Of a rule that may match.</param>
    /// <param name="subject">Whose policy it is.</param>
    /// <param name="peer">The other end.</param>
    public IReadOnlyList<string> Of(TierDecision decision, int subject, int peer)
    {
        var facts = new List<string>();
        if (decision.Policy.Subjects.Contains(subject) is null)
            Add(decision.Policy.Policy.Subjects, subject, facts);
        if (decision.Rule is { } rule)
        {
            if (rule.Rule.Only is { } only && rule.Only.Contains(subject) is null)
                Add(only, subject, facts);
            if (rule.Peers.Contains(peer) is null)
                rule.Rule.Peers.ToList().ForEach(given => Add(given.Term, peer, facts));
        }

        return facts.Count == 0 ? ["something that the input does not tell"] : [.. facts.Distinct()];
    }

    private void Add(EndpointTerm term, int endpoint, List<string> facts)
    {
        switch (term)
        {
            case EndpointTerm.SomeOf some:
                facts.Add(some.What);
                break;
            case EndpointTerm.AllOf all:
                all.Parts.ToList().ForEach(part => Add(part, endpoint, facts));
                break;
            case EndpointTerm.AnyOf any:
                any.Parts.ToList().ForEach(part => Add(part, endpoint, facts));
                break;
            case EndpointTerm.Not not:
                Add(not.Part, endpoint, facts);
                break;
            case EndpointTerm.Pods when endpoint == endpoints.UnknownPod:
                facts.Add("the labels and the namespace of the ingress controller");
                break;
            case EndpointTerm.Pods when endpoint < endpoints.SelectableCount && TermContent.GoesByLabelsOfAccounts(term):
                facts.Add($"the labels of service account {endpoints[endpoint].Namespace}/{endpoints[endpoint].Spec.ServiceAccount}");
                break;
            case EndpointTerm.Addresses when endpoint == endpoints.UnknownPod:
                facts.Add("the address of the ingress controller");
                break;
            case EndpointTerm.Addresses when endpoints.NamedAt(endpoint) is { IsOutside: true } named:
                facts.Add($"the addresses of {named.ToString().Replace(NamedEnd.DomainPrefix, "", StringComparison.Ordinal)}");
                break;
            case EndpointTerm.Addresses when endpoint < endpoints.PodCount && endpoints[endpoint].Addresses.Count == 0:
                facts.Add($"the address of {endpoints[endpoint].Namespace}/{endpoints[endpoint].Reference.Name}");
                break;
            case EndpointTerm.Nodes { Scope: NodeScope.Any } when endpoint >= endpoints.SelectableCount && endpoint < endpoints.UnknownPod:
                facts.Add("the labels of a node that is not in the input");
                break;
            case EndpointTerm.Nodes when endpoint >= endpoints.SelectableCount && endpoint < endpoints.UnknownPod:
                facts.Add("which node runs the pod");
                break;
            case EndpointTerm.OfFamily when endpoint < endpoints.PodCount && endpoints[endpoint].Addresses.Count > 1:
                facts.Add("whether the traffic goes over IPv4 or IPv6");
                break;
        }
    }
}
