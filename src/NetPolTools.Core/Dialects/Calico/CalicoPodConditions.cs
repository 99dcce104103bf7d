using System.Collections.Immutable;
using NetPolTools.Objects;
using NetPolTools.Policies;

namespace NetPolTools.Dialects.Calico;

/// <summary>Selectors as conditions on pods, which have labels of their own, of their namespace and of their service account.</summary>
/// <param name="ownMayWin">Whether some pod has a label of its own that begins as inherited ones do: a pod's own label comes before those.</param>
internal sealed class CalicoPodConditions(bool ownMayWin)
{
    private const string NameOfNamespace = CalicoLabels.OfNamespace + CalicoLabels.Name;
    private const string NameOfServiceAccount = CalicoLabels.OfServiceAccount + CalicoLabels.Name;

    /// <param name="selector">Without <c>global()</c>.</param>
    public LabelPredicate Of(CalicoSelector selector) => selector switch
    {
        CalicoSelector.Not not => new LabelPredicate.Not(Of(not.Part)),
        CalicoSelector.And and => and.Operands.Select(Of).Aggregate(LabelPredicate.Always, LabelPredicate.Both),
        CalicoSelector.Or or => new LabelPredicate.AnyOf([.. or.Operands.Select(Of)]),
        CalicoSelector.Label label => Of(label),
        _ => LabelPredicate.Always,
    };

    private LabelPredicate Of(CalicoSelector.Label label)
    {
        var (test, isNegative) = label.Test switch
        {
            CalicoLabelTest.Has => (LabelTest.Exists, false),
            CalicoLabelTest.NotEqual or CalicoLabelTest.NotIn => (LabelTest.In, true),
            CalicoLabelTest.Contains => (LabelTest.Contains, false),
            CalicoLabelTest.StartsWith => (LabelTest.StartsWith, false),
            CalicoLabelTest.EndsWith => (LabelTest.EndsWith, false),
            _ => (LabelTest.In, false),
        };
        var holds = Of(label.Key, test, label.Values);
        return isNegative ? new LabelPredicate.Not(holds) : holds;
    }

    private LabelPredicate Of(string key, LabelTest test, ImmutableArray<string> values)
    {
        switch (key)
        {
            case CalicoLabels.Namespace or NameOfNamespace:
                return OfNamespaceName(test, values);
            case CalicoLabels.Orchestrator:
                return new LabelPredicate.Label(LabelOwner.Pod, key, test, values).Holds(CalicoLabels.Kubernetes) ? LabelPredicate.Always
                    : LabelPredicate.Never;
            case CalicoLabels.ServiceAccount or NameOfServiceAccount:
                return test == LabelTest.Exists ? LabelPredicate.Always : new LabelPredicate.HasServiceAccount(values) { Test = test };
        }

        var own = new LabelPredicate.Label(LabelOwner.Pod, key, test, values);
        var inherited = key.StartsWith(CalicoLabels.OfNamespace, StringComparison.Ordinal)
            ? new LabelPredicate.Label(LabelOwner.Namespace, key[CalicoLabels.OfNamespace.Length..], test, values)
            : key.StartsWith(CalicoLabels.OfServiceAccount, StringComparison.Ordinal)
                ? new LabelPredicate.Label(LabelOwner.ServiceAccount, key[CalicoLabels.OfServiceAccount.Length..], test, values)
                : null;
        if (inherited is null || !ownMayWin)
            return inherited ?? own;
        var hasOwn = new LabelPredicate.Label(LabelOwner.Pod, key, LabelTest.Exists, []);
        return new LabelPredicate.AnyOf([own, new LabelPredicate.AllOf([new LabelPredicate.Not(hasOwn), inherited])]);
    }

    private static LabelPredicate OfNamespaceName(LabelTest test, ImmutableArray<string> values) => test switch
    {
        LabelTest.Exists => LabelPredicate.Always,
        LabelTest.In when values.Length == 1 => new LabelPredicate.InNamespace(values[0]),
        _ => new LabelPredicate.Label(LabelOwner.Namespace, Namespace.NameLabel, test, values),
    };
}
