using NetPolTools.Sets;

namespace NetPolTools.Reachability;

/// <summary>
/// Policies beside NetworkPolicies that have the very same subjects. Where all of them only allow and a subject is under nothing else, what they allow needs
/// no walk through tiers, and every subject shares it. Thread safe.
/// </summary>
/// <remarks>Hot: most namespaces of a large cluster have some of their own.</remarks>
internal sealed class AdditivePart
{
    private readonly TieredPolicyCompiler _compiler;

    // By what the names mean; null where there are none.
    private readonly Dictionary<PortSet[], AdditiveGrants>? _grants;
    private AdditiveGrants? _withoutNames;

    /// <param name="compiler">Looks up names.</param>
    /// <param name="policies">In the order of a <see cref="Policies.PolicyStack"/>.</param>
    /// <param name="positions">Where each of them stands among all.</param>
    public AdditivePart(TieredPolicyCompiler compiler, CompiledPolicy[] policies, int[] positions)
    {
        _compiler = compiler;
        (Policies, Positions) = (policies, positions);
        Names = PoliciesOfClass.NamesIn(policies);
        _grants = Names.Length == 0 ? null : new Dictionary<PortSet[], AdditiveGrants>(ItemsComparer.Instance);
        (Subjects, IsAdditive) = (policies[0].Subjects.Must, true);
        foreach (var policy in policies)
        {
            if (!ReferenceEquals(Subjects, policy.Subjects.Must))
                Subjects = Subjects.Intersect(policy.Subjects.Must);
            IsAdditive &= policy is { OnlyAllows: true, GoesByNode: false, IsLimited: false };
        }
    }

    public CompiledPolicy[] Policies { get; }

    /// <summary>Where each of them stands among all policies, ascending.</summary>
    public int[] Positions { get; }

    /// <summary>Whom all of them select for sure.</summary>
    public IndexSet Subjects { get; }

    /// <summary>Whether all of them only allow, and what they allow differs between their subjects by port names alone.</summary>
    public bool IsAdditive { get; }

    /// <inheritdoc cref="PoliciesOfClass.SubjectNames"/>
    public (string Name, Protocol Protocol)[] Names { get; }

    /// <summary>What classes are under that are under no other part, one object for all of them; null until there is such a class.</summary>
    public PoliciesOfClass? ByItself { get; set; }

    /// <summary>Grants for a subject, one object for all subjects on which port names mean the same.</summary>
    public AdditiveGrants For(int subject)
    {
        if (_grants is null)
            return _withoutNames ?? Interlocked.CompareExchange(ref _withoutNames, new AdditiveGrants(_compiler, Policies, subject), null) ?? _withoutNames;
        var meanings = new PortSet[2 * Names.Length];
        for (var i = 0; i < Names.Length; i++)
        {
            var meaning = _compiler.MeaningOn(subject, Names[i].Name, Names[i].Protocol);
            (meanings[2 * i], meanings[(2 * i) + 1]) = (meaning.Must, meaning.May);
        }

        lock (_grants)
        {
            if (!_grants.TryGetValue(meanings, out var grants))
                _grants.Add(meanings, grants = new AdditiveGrants(_compiler, Policies, subject));
            return grants;
        }
    }
}
