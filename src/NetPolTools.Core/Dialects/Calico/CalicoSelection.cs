namespace NetPolTools.Dialects.Calico;

/// <summary>Parts of rules and policies put together to one selector each, as Calico does (libcalico-go/lib/backend/syncersv1/updateprocessors).</summary>
internal static class CalicoSelection
{
    private static readonly CalicoSelector InSomeNamespace = Has(CalicoLabels.Namespace);

    /// <summary>Whose traffic a policy decides.</summary>
    public static CalicoSelector SubjectsOf(CalicoPolicy policy)
    {
        var parts = new List<CalicoSelector> { CalicoSelector.Parse(policy.Selector) };
        if (policy.Metadata.Namespace is { } ns)
            parts.Add(Is(CalicoLabels.Namespace, ns));
        else if (!string.IsNullOrEmpty(policy.NamespaceSelector))
            parts.Add(OfNamespaces(policy.NamespaceSelector));
        if (!string.IsNullOrEmpty(policy.ServiceAccountSelector))
            parts.Add(WithPrefix(CalicoSelector.Parse(policy.ServiceAccountSelector), CalicoLabels.OfServiceAccount, Has(CalicoLabels.ServiceAccount)));
        return All(parts);
    }

    /// <summary>
    /// What a rule's end has to be among; null where it names nothing, and any address will do. As soon as it names anything by a selector, in a
    /// NetworkPolicy it is limited to the policy's namespace, or to those that it selects itself: <c>notSelector</c> alone limits it too.
    /// </summary>
    /// <param name="entity">The end.</param>
    /// <param name="ns">Of the policy; null for a global one.</param>
    /// <param name="without">What is taken out of every address, where there is nothing that it has to be among; null for nothing.</param>
    public static CalicoSelector? Of(CalicoEntity entity, string? ns, out CalicoSelector? without)
    {
        without = string.IsNullOrEmpty(entity.NotSelector) ? null : CalicoSelector.Parse(entity.NotSelector);
        var parts = new List<CalicoSelector>();
        if (entity.ServiceAccounts is { } accounts)
        {
            if (!string.IsNullOrEmpty(accounts.Selector))
                parts.Add(WithPrefix(CalicoSelector.Parse(accounts.Selector), CalicoLabels.OfServiceAccount, CalicoSelector.Everything));
            if (accounts.Names.Count > 0)
                parts.Add(new CalicoSelector.Label(CalicoLabels.ServiceAccount, CalicoLabelTest.In, [.. accounts.Names.Order(StringComparer.Ordinal)]));
        }

        if (!string.IsNullOrEmpty(entity.Selector))
            parts.Add(CalicoSelector.Parse(entity.Selector));
        if (!string.IsNullOrEmpty(entity.NamespaceSelector))
            parts.Insert(0, OfNamespaces(entity.NamespaceSelector));
        else if (ns is not null && (parts.Count > 0 || without is not null))
            parts.Insert(0, Is(CalicoLabels.Namespace, ns));
        if (parts.Count == 0)
            return null;

        // Both conditions are then about one and the same thing that has labels (felix/calc/rule_scanner.go combineMatchesIfPossible).
        if (without is not null)
            parts.Add(new CalicoSelector.Not(without));
        without = null;
        return All(parts);
    }

    /// <summary><c>all()</c> is what is in a namespace, <c>global()</c> what is in none.</summary>
    private static CalicoSelector OfNamespaces(string text) => WithPrefix(CalicoSelector.Parse(text), CalicoLabels.OfNamespace, InSomeNamespace);

    private static CalicoSelector WithPrefix(CalicoSelector selector, string prefix, CalicoSelector everything) => selector switch
    {
        CalicoSelector.Label label => label with { Key = prefix + label.Key },
        CalicoSelector.Not not => new CalicoSelector.Not(WithPrefix(not.Part, prefix, everything)),
        CalicoSelector.And and => new CalicoSelector.And([.. and.Operands.Select(operand => WithPrefix(operand, prefix, everything))]),
        CalicoSelector.Or or => new CalicoSelector.Or([.. or.Operands.Select(operand => WithPrefix(operand, prefix, everything))]),
        CalicoSelector.Global => new CalicoSelector.Not(InSomeNamespace),
        _ => everything,
    };

    private static CalicoSelector.Label Has(string key) => new(key, CalicoLabelTest.Has, []);

    private static CalicoSelector.Label Is(string key, string value) => new(key, CalicoLabelTest.Equal, [value]);

    private static CalicoSelector All(List<CalicoSelector> parts) => parts.Count == 1 ? parts[0] : new CalicoSelector.And([.. parts]);
}
