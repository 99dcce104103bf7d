using NetPolTools.Text;

namespace NetPolTools.Reachability;

/// <summary>An end that an API has a name for and of which nothing else is known: an entity of Cilium, a name in DNS.</summary>
/// <param name="Name"><c>kube-apiserver</c>; names in DNS with <c>fqdn:</c> before them, perhaps with wildcards: <c>fqdn:*.example.com</c>.</param>
public sealed record NamedEnd(string Name)
{
    /// <summary>What stands before names in DNS.</summary>
    public const string DomainPrefix = "fqdn:";

    /// <summary>What may stand before names of entities, where pods have the same name.</summary>
    public const string EntityPrefix = "entity:";

    /// <summary>A name in DNS that no rule names.</summary>
    public static readonly NamedEnd AnyOtherDomain = new(DomainPrefix);

    /// <summary>Whether an address outside is behind it: one that the input does not tell.</summary>
    public bool IsOutside => Name.StartsWith(DomainPrefix, StringComparison.Ordinal);

    /// <summary>Whether it is, for each pod, the node that runs the pod.</summary>
    public bool IsOwnNode => Name == "host";

    /// <summary>Whether a question means it by a text.</summary>
    /// <param name="text"><c>kube-apiserver</c>, <c>entity:kube-apiserver</c>, <c>fqdn:www.example.com</c>.</param>
    internal bool IsMeantBy(string text)
    {
        if (!IsOutside)
            return text.Equals(Name, StringComparison.OrdinalIgnoreCase) || text.Equals(EntityPrefix + Name, StringComparison.OrdinalIgnoreCase);
        if (!text.StartsWith(DomainPrefix, StringComparison.OrdinalIgnoreCase) || this == AnyOtherDomain)
            return false;
        var (pattern, name) = (Name[DomainPrefix.Length..], text[DomainPrefix.Length..]);
        return pattern.Equals(name, StringComparison.OrdinalIgnoreCase) || DomainPatterns.Match(pattern, name);
    }

    /// <summary>Whether a rule that names an end means this one: the same, or a pattern of names in DNS that this name fits.</summary>
    /// <param name="named">As the rule has it.</param>
    internal bool IsMeantByRule(string named) => named == Name
        || (IsOutside && this != AnyOtherDomain && !Name.Contains('*', StringComparison.Ordinal) && new NamedEnd(named) is { IsOutside: true } rule
            && rule.IsMeantBy(Name));

    public override string ToString() => this == AnyOtherDomain ? "any other name" : Name;
}
