using System.Collections.Frozen;
using NetPolTools.Objects;
using NetPolTools.Text;

namespace NetPolTools.Editing;

/// <summary>
/// Names policies: <c>name</c>, <c>namespace/name</c>, <c>kind/name</c> or <c>kind/namespace/name</c>, with wildcards; also as answers
/// print them, with a
/// space behind the kind: <c>AdminNetworkPolicy closed</c>.
/// </summary>
public sealed class PolicyPattern
{
    /// <summary>kubectl's short names and plurals.</summary>
    private static readonly FrozenDictionary<string, string> ShortNames = new Dictionary<string, string>
    {
        ["netpol"] = NetworkPolicy.KindName,
        ["networkpolicies"] = NetworkPolicy.KindName,
        ["anp"] = "AdminNetworkPolicy",
        ["adminnetworkpolicies"] = "AdminNetworkPolicy",
        ["banp"] = "BaselineAdminNetworkPolicy",
        ["baselineadminnetworkpolicies"] = "BaselineAdminNetworkPolicy",
        ["cnp"] = "ClusterNetworkPolicy",
        ["clusternetworkpolicies"] = "ClusterNetworkPolicy",
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    private readonly string _text;
    private readonly string? _kind;
    private readonly string? _namespace;

    /// <summary>What stands before the only slash: a kind or a namespace.</summary>
    private readonly string? _qualifier;
    private readonly string _name;

    private PolicyPattern(string text)
    {
        _text = text;
        var parts = text.Replace(' ', '/').Split('/', StringSplitOptions.RemoveEmptyEntries);
        _name = parts[^1];
        if (parts.Length == 2)
            _qualifier = parts[0];
        else if (parts.Length == 3)
            (_kind, _namespace) = (KindOf(parts[0]), parts[1]);
    }

    /// <summary>Whether a policy of this name alone is meant; several may have it, in several namespaces.</summary>
    public bool NamesOne => !WildcardNames.IsPattern(_text);

    /// <exception cref="FormatException">No name.</exception>
    public static PolicyPattern Parse(string text) => text.Replace(' ', '/').Split('/', StringSplitOptions.RemoveEmptyEntries).Length is 1 or 2 or 3
        ? new PolicyPattern(text.Trim())
        : throw new FormatException($"'{text}' names no policy; expected a name, namespace/name, kind/name or kind/namespace/name.");

    public bool Matches(KubernetesObject policy)
    {
        if (!WildcardNames.Match(_name, policy.Name))
            return false;
        if (_kind is not null)
            return IsOfKind(policy, _kind) && WildcardNames.Match(_namespace!, policy.Metadata.Namespace ?? "");
        return _qualifier is null || IsOfKind(policy, KindOf(_qualifier))
            || (policy.Metadata.Namespace is { } ns && WildcardNames.Match(_qualifier, ns));
    }

    public override string ToString() => _text;

    private static string KindOf(string word) => ShortNames.GetValueOrDefault(word, word);

    private static bool IsOfKind(KubernetesObject policy, string kind) => string.Equals(policy.Kind, kind, StringComparison.OrdinalIgnoreCase);
}
