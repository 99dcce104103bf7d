using NetPolTools.Sets;

namespace NetPolTools.Reachability;

/// <summary>
/// Policies beside NetworkPolicies that have the very same subjects and only allow. Where a subject is under nothing else, what they allow needs no walk
/// through tiers, and every subject shares it. Thread safe.
/// </summary>
internal sealed class AdditivePart
{
    private readonly TieredPolicyCompiler _compiler;
    private readonly CompiledRule[] _rules;
    private readonly (string Name, Protocol Protocol)[] _names;

    // By what the names mean; null where there are none.
    private readonly Dictionary<PortSet[], AdditiveGrants>? _grants;
    private AdditiveGrants? _withoutNames;

    public AdditivePart(TieredPolicyCompiler compiler, CompiledPolicy[] policies)
    {
        _compiler = compiler;
        Policies = policies;
        _rules = [.. policies.SelectMany(static policy => policy.Rules)];
        _names = Array.TrueForAll(_rules, static rule => rule.SubjectNames.IsEmpty) ? [] : [.. _rules.SelectMany(static rule => rule.SubjectNames).Distinct()];
        _grants = _names.Length == 0 ? null : new Dictionary<PortSet[], AdditiveGrants>(ItemsComparer.Instance);
        Subjects = policies.Select(static policy => policy.Subjects.Must).Aggregate(static (a, b) => ReferenceEquals(a, b) ? a : a.Intersect(b));
        IsAdditive = Array.TrueForAll(policies, static policy => policy is { OnlyAllows: true, GoesByNode: false }
            && policy.Rules.All(static rule => rule.Rule.Only is null));
    }

    public IReadOnlyList<CompiledPolicy> Policies { get; }

    /// <summary>Whom all of them select for sure.</summary>
    public IndexSet Subjects { get; }

    /// <summary>Whether all of them only allow, and what they allow differs between their subjects by port names alone.</summary>
    public bool IsAdditive { get; }

    /// <summary>Grants for a subject, one object for all subjects on which port names mean the same.</summary>
    public AdditiveGrants For(int subject)
    {
        if (_grants is null)
            return _withoutNames ?? LazyInitializer.EnsureInitialized(ref _withoutNames, WithoutNames);
        var meanings = new PortSet[2 * _names.Length];
        for (var i = 0; i < _names.Length; i++)
        {
            var meaning = _compiler.MeaningOn(subject, _names[i].Name, _names[i].Protocol);
            (meanings[2 * i], meanings[(2 * i) + 1]) = (meaning.Must, meaning.May);
        }

        lock (_grants)
        {
            if (!_grants.TryGetValue(meanings, out var grants))
                _grants.Add(meanings, grants = new AdditiveGrants(_rules.SelectMany(rule => Grants(rule, subject))));
            return grants;
        }
    }

    private AdditiveGrants WithoutNames() => new(_rules.SelectMany(static rule => rule.Grants));

    private IEnumerable<RulePiece> Grants(CompiledRule rule, int subject)
    {
        if (rule.SubjectNames.IsEmpty)
            return rule.Grants;
        var ports = _compiler.PortsOn(subject, rule);
        return rule.EachPeer.Select(peers => new RulePiece(peers, ports));
    }
}
