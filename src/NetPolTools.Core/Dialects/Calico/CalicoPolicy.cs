using System.Collections.Immutable;
using NetPolTools.Objects;
using NetPolTools.Text;

namespace NetPolTools.Dialects.Calico;

/// <summary>
/// A NetworkPolicy, GlobalNetworkPolicy, StagedNetworkPolicy or StagedGlobalNetworkPolicy of Calico as written: defaults are not filled in. To Calico, what is
/// absent and what is empty are the same in every field.
/// </summary>
public sealed record CalicoPolicy(CalicoKind CalicoKind, ObjectMetadata Metadata) : CalicoObject(CalicoKind, Metadata)
{
    /// <summary>As written; null for none. <see cref="TierName"/> is the tier that it is in.</summary>
    public string? Tier { get; internal init; }

    /// <summary>The <see cref="StagedAction"/> of a policy that says which one is to be deleted, and nothing else.</summary>
    public const string Delete = "Delete";

    /// <summary>Lower first; null for the last of its tier.</summary>
    public double? Order { get; internal init; }

    /// <summary>The endpoints that it is about, as a Calico selector; null or empty for all of them. A NetworkPolicy is about its own namespace.</summary>
    public string? Selector { get; internal init; }

    /// <summary>Calico selector of the service accounts of its endpoints; null or empty for any.</summary>
    public string? ServiceAccountSelector { get; internal init; }

    /// <summary>GlobalNetworkPolicy: Calico selector of the namespaces of its endpoints; null or empty for any, and for endpoints of no namespace.</summary>
    public string? NamespaceSelector { get; internal init; }

    /// <summary><c>Ingress</c> and <c>Egress</c>, as written; empty where it says nothing. See <see cref="AppliesTo"/>.</summary>
    public IReadOnlyList<string> Types { get; internal init => field = Indexable.Of(value); } = [];

    public IReadOnlyList<CalicoRule> Ingress { get; internal init => field = Indexable.Of(value); } = [];

    public IReadOnlyList<CalicoRule> Egress { get; internal init => field = Indexable.Of(value); } = [];

    /// <summary>GlobalNetworkPolicy: for host endpoints alone, before connection tracking.</summary>
    public bool DoNotTrack { get; internal init; }

    /// <summary>GlobalNetworkPolicy: for host endpoints alone, before Services are resolved.</summary>
    public bool PreDnat { get; internal init; }

    /// <summary>GlobalNetworkPolicy: whether host endpoints apply it to what they forward.</summary>
    public bool ApplyOnForward { get; internal init; }

    /// <summary>Hints that change nothing about what is allowed.</summary>
    public IReadOnlyList<string> PerformanceHints { get; internal init => field = Indexable.Of(value); } = [];

    /// <summary>Staged kinds: <c>Set</c> (the default), <c>Delete</c>, <c>Learn</c> or <c>Ignore</c>, as written.</summary>
    public string? StagedAction { get; internal init; }

    /// <summary>The name in the storage form, where it has one of its own: up to Calico 3.31 with the tier before it, as in <c>default.web</c>.</summary>
    public string? StoredName { get; internal init; }

    /// <summary>Where fields of the spec stand that are there.</summary>
    internal ImmutableArray<(string Field, SourceLocation Location)> Places { get; init; } = [];

    /// <summary>Where a field of the spec stands; where it is not there, the policy.</summary>
    /// <param name="field">Such as <c>order</c>.</param>
    internal SourceLocation PlaceOf(string field)
    {
        foreach (var (name, location) in Places)
        {
            if (name == field)
                return location;
        }

        return Location;
    }

    /// <summary>The tier that it is in.</summary>
    public string TierName => CalicoNames.TierOf(this);

    /// <summary>The rules of a direction; whether they count says <see cref="AppliesTo"/>.</summary>
    public IReadOnlyList<CalicoRule> Rules(PolicyDirection direction) => direction == PolicyDirection.Ingress ? Ingress : Egress;

    /// <summary>The labels of pods that its selectors ask for by their values, without those that Calico gives to pods itself.</summary>
    public IEnumerable<KeyValuePair<string, string>> LabelsAsked()
    {
        var texts = Ingress.Concat(Egress).SelectMany(static rule => new[] { rule.Source, rule.Destination }).Select(static entity => entity.Selector)
            .Prepend(Selector);
        foreach (var text in texts.Where(static text => !string.IsNullOrEmpty(text)))
        {
            if (!CalicoSelector.TryParse(text, out var selector, out _))
                continue;
            foreach (var label in selector.Parts().OfType<CalicoSelector.Label>())
            {
                var isOwn = !label.Key.StartsWith("pc", StringComparison.Ordinal) && !label.Key.StartsWith("projectcalico.org/", StringComparison.Ordinal);
                if (label.Test is not (CalicoLabelTest.Equal or CalicoLabelTest.In) || !isOwn)
                    continue;
                foreach (var value in label.Values)
                    yield return KeyValuePair.Create(label.Key, value);
            }
        }
    }

    /// <summary>
    /// Whether it applies to a direction. Without types: to egress if it has egress rules, to ingress if it has ingress rules or no egress rules. In the
    /// storage form nothing fills in types, and their absence means both (felix/calc/policy_sorter.go, ExtractPolicyMetadata).
    /// </summary>
    public bool AppliesTo(PolicyDirection direction)
    {
        if (Types.Count > 0)
            return Types.Contains(direction == PolicyDirection.Ingress ? "Ingress" : "Egress");
        if (IsStorageForm)
            return true;
        return direction == PolicyDirection.Egress ? Egress.Count > 0 : Ingress.Count > 0 || Egress.Count == 0;
    }
}
