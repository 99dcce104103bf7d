namespace NetPolTools.Policies;

/// <summary>Peers and subjects in words: <c>pods with app=web AND of namespaces with env=prod</c>.</summary>
internal static class EndpointTermText
{
    public static string Of(EndpointTerm term) => term switch
    {
        EndpointTerm.Pods pods => Pods(pods.Which),
        EndpointTerm.Nodes nodes => Nodes(nodes),
        EndpointTerm.Addresses addresses => Addresses(addresses),
        EndpointTerm.OfFamily family => $"what speaks {family.Family}",
        EndpointTerm.Named named => named.Name,
        EndpointTerm.AllOf { Parts.Length: 0 } => "every peer",
        EndpointTerm.AllOf all => string.Join(" AND ", all.Parts.Select(Part)),
        EndpointTerm.AnyOf { Parts.Length: 0 } => "nobody",
        EndpointTerm.AnyOf any => string.Join(" or ", any.Parts.Select(Part)),
        EndpointTerm.Not not => $"everyone but {Part(not.Part)}",
        EndpointTerm.SomeOf some => some.What,
        _ => throw new ArgumentException($"{term.GetType()} is not known.", nameof(term)),
    };

    private static string Part(EndpointTerm part) =>
        part is EndpointTerm.AllOf { Parts.Length: > 0 } or EndpointTerm.AnyOf { Parts.Length: > 0 } ? $"({part})" : part.ToString()!;

    private static string Pods(LabelPredicate which)
    {
        LabelPredicate[] parts = which is LabelPredicate.AllOf all ? [.. all.Parts] : [which];
        LabelPredicate[] ofNamespaces = [.. parts.Where(IsAboutNamespaces)];
        LabelPredicate[] ofPods = [.. parts.Where(static part => !IsAboutNamespaces(part))];
        var pods = ofPods.Length == 0 ? "every pod" : $"pods with {Join(ofPods)}";
        return ofNamespaces switch
        {
            [] => $"{pods} of every namespace",
            [LabelPredicate.InNamespace ns] => $"{pods} of namespace {ns.Name}",
            _ => $"{pods}{(ofPods.Length == 0 ? "" : " AND")} of namespaces with {Join(ofNamespaces)}",
        };
    }

    private static bool IsAboutNamespaces(LabelPredicate predicate) => predicate switch
    {
        LabelPredicate.Label label => label.Owner == LabelOwner.Namespace,
        LabelPredicate.InNamespace => true,
        LabelPredicate.Not not => IsAboutNamespaces(not.Part),
        LabelPredicate.AllOf all => all.Parts.Length > 0 && all.Parts.All(IsAboutNamespaces),
        LabelPredicate.AnyOf any => any.Parts.Length > 0 && any.Parts.All(IsAboutNamespaces),
        _ => false,
    };

    private static string Join(LabelPredicate[] parts) => new LabelPredicate.AllOf([.. parts]).ToString();

    private static string Nodes(EndpointTerm.Nodes nodes)
    {
        var which = nodes.Which is LabelPredicate.AllOf { Parts.Length: 0 } ? "" : $" with {nodes.Which}";
        return nodes.Scope switch
        {
            NodeScope.Own => $"the pod's own node{which}",
            NodeScope.Others => $"every node but the pod's own{which}",
            _ => which.Length == 0 ? "every node" : $"nodes{which}",
        };
    }

    private static string Addresses(EndpointTerm.Addresses addresses)
    {
        var blocks = string.Join(", ", addresses.In.Select(static range => range.ToCidrOrRange()));
        return addresses.Except.Length == 0
            ? $"addresses of {blocks}"
            : $"addresses of {blocks} except {string.Join(", ", addresses.Except.Select(static range => range.ToCidrOrRange()))}";
    }
}
