using System.Collections.Immutable;
using NetPolTools.Objects;

namespace NetPolTools.Policies;

/// <summary>
/// A condition on a pod, by its own labels and by what is known of its namespace and service account, or on a node by its labels. The label selectors of
/// Kubernetes, Calico and Cilium all come to this. Closed: the nested records are all there are.
/// </summary>
public abstract record LabelPredicate
{
    /// <summary>Holds for everything.</summary>
    public static readonly LabelPredicate Always = new AllOf([]);

    /// <summary>Holds for nothing.</summary>
    public static readonly LabelPredicate Never = new AnyOf([]);

    private LabelPredicate()
    {
    }

    /// <summary>All requirements of a Kubernetes label selector. NotIn and DoesNotExist hold for what lacks the key.</summary>
    /// <param name="owner">Whose labels it is about.</param>
    /// <param name="selector">With valid operators.</param>
    /// <exception cref="ArgumentException">Not an operator: validation comes first.</exception>
    public static LabelPredicate Of(LabelOwner owner, LabelSelector selector)
    {
        if (selector.SelectsEverything)
            return Always;
        var all = ImmutableArray.CreateBuilder<LabelPredicate>();
        foreach (var (key, value) in selector.MatchLabels)
            all.Add(new Label(owner, key, LabelTest.In, [value]));
        foreach (var requirement in selector.MatchExpressions)
        {
            all.Add(requirement.Operator switch
            {
                LabelSelectorRequirement.In => new Label(owner, requirement.Key, LabelTest.In, [.. requirement.Values]),
                LabelSelectorRequirement.NotIn => new Not(new Label(owner, requirement.Key, LabelTest.In, [.. requirement.Values])),
                LabelSelectorRequirement.Exists => new Label(owner, requirement.Key, LabelTest.Exists, []),
                LabelSelectorRequirement.DoesNotExist => new Not(new Label(owner, requirement.Key, LabelTest.Exists, [])),
                _ => throw new ArgumentException($"{requirement.Operator} is not a selector operator.", nameof(selector)),
            });
        }

        return all.Count == 1 ? all[0] : new AllOf(all.ToImmutable());
    }

    /// <summary>Both hold.</summary>
    public static LabelPredicate Both(LabelPredicate a, LabelPredicate b) => (a, b) switch
    {
        (AllOf { Parts.Length: 0 }, _) => b,
        (_, AllOf { Parts.Length: 0 }) => a,
        (AllOf first, AllOf second) => new AllOf([.. first.Parts, .. second.Parts]),
        (AllOf first, _) => new AllOf([.. first.Parts, b]),
        (_, AllOf second) => new AllOf([a, .. second.Parts]),
        _ => new AllOf([a, b]),
    };

    private static bool Stands(LabelTest test, ImmutableArray<string> values, string value)
    {
        if (test == LabelTest.Exists)
            return true;
        foreach (var wanted in values)
        {
            var holds = test switch
            {
                LabelTest.In => value == wanted,
                LabelTest.StartsWith => value.StartsWith(wanted, StringComparison.Ordinal),
                LabelTest.EndsWith => value.EndsWith(wanted, StringComparison.Ordinal),
                _ => value.Contains(wanted, StringComparison.Ordinal),
            };
            if (holds)
                return true;
        }

        return false;
    }

    /// <summary>A label stands the test. One that is absent stands none.</summary>
    public sealed record Label(LabelOwner Owner, string Key, LabelTest Test, ImmutableArray<string> Values) : LabelPredicate
    {
        /// <param name="value">The label's value.</param>
        public bool Holds(string value) => Stands(Test, Values, value);

        public override string ToString() => LabelPredicateText.Of(this);
    }

    /// <summary>The pod is in the namespace of this name.</summary>
    public sealed record InNamespace(string Name) : LabelPredicate
    {
        public override string ToString() => LabelPredicateText.Of(this);
    }

    /// <summary>The pod runs as a service account of its namespace with one of these names.</summary>
    public sealed record HasServiceAccount(ImmutableArray<string> Names) : LabelPredicate
    {
        /// <summary>How names are compared.</summary>
        public LabelTest Test { get; init; } = LabelTest.In;

        /// <param name="name">The service account's name.</param>
        public bool Holds(string name) => Stands(Test, Names, name);

        public override string ToString() => LabelPredicateText.Of(this);
    }

    /// <summary>The pod, or the workload whose template stands for its pods, is one of these.</summary>
    public sealed record IsOneOf(ImmutableArray<ObjectReference> Objects) : LabelPredicate
    {
        public override string ToString() => LabelPredicateText.Of(this);
    }

    /// <summary>Every part holds; without parts always.</summary>
    public sealed record AllOf(ImmutableArray<LabelPredicate> Parts) : LabelPredicate
    {
        public override string ToString() => LabelPredicateText.Of(this);
    }

    /// <summary>Some part holds; without parts never.</summary>
    public sealed record AnyOf(ImmutableArray<LabelPredicate> Parts) : LabelPredicate
    {
        public override string ToString() => LabelPredicateText.Of(this);
    }

    /// <summary>The part does not hold.</summary>
    public sealed record Not(LabelPredicate Part) : LabelPredicate
    {
        public override string ToString() => LabelPredicateText.Of(this);
    }
}
