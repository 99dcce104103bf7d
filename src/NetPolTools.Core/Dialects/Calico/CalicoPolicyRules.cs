using NetPolTools.Objects;
using NetPolTools.Validation;

namespace NetPolTools.Dialects.Calico;

/// <summary>What Calico refuses in its policies (libcalico-go/lib/validator/v3/validator.go; since 3.32 also the CustomResourceDefinitions).</summary>
internal static class CalicoPolicyRules
{
    private const int MostRules = 1024;
    private const string Ingress = "Ingress";
    private const string Egress = "Egress";
    private const string Hint = "AssumeNeededOnEveryNode";

    public static void Check(CalicoPolicy policy, CalicoRefusals found)
    {
        CalicoNameRules.CheckPolicy(policy, found);
        if (policy.CalicoKind.IsStaged && policy.StagedAction is not null)
            CheckStagedAction(policy.StagedAction, found);
        if (policy.StagedAction == CalicoPolicy.Delete)
        {
            CheckEmpty(policy, found);
            return;
        }

        found.CheckSelectorWithoutGlobal(policy.Selector, "spec.selector");
        found.CheckSelectorWithoutGlobal(policy.ServiceAccountSelector, "spec.serviceAccountSelector");
        found.CheckSelectorWithoutGlobal(policy.NamespaceSelector, "spec.namespaceSelector");
        CheckTypes(policy, found);
        CheckHints(policy.PerformanceHints, found);
        CheckHostSwitches(policy, found);
        CheckRules(policy, PolicyDirection.Ingress, found);
        CheckRules(policy, PolicyDirection.Egress, found);
    }

    public static void CheckStagedAction(string? action, CalicoRefusals found) =>
        found.CheckWord(action, "spec.stagedAction", "Set", CalicoPolicy.Delete, "Learn", "Ignore");

    private static void CheckEmpty(CalicoPolicy policy, CalicoRefusals found)
    {
        var empty = new CalicoPolicy(policy.CalicoKind, policy.Metadata)
        {
            Tier = policy.Tier,
            StagedAction = policy.StagedAction,
            IsStorageForm = policy.IsStorageForm,
            StoredName = policy.StoredName,
            Location = policy.Location,
        };
        if (!CalicoManifest.Of(policy).Equals(CalicoManifest.Of(empty)))
            found.Add("spec.stagedAction", "With stagedAction Delete only tier may be set beside it.");
    }

    private static void CheckTypes(CalicoPolicy policy, CalicoRefusals found)
    {
        var seen = new HashSet<string>();
        for (var i = 0; i < policy.Types.Count; i++)
        {
            var type = policy.Types[i];
            found.CheckWord(type, $"spec.types[{i}]", Ingress, Egress);
            if (!seen.Add(type))
                found.Add($"spec.types[{i}]", $"'{Excerpt.Of(type)}' stands in types twice.");
        }
    }

    private static void CheckHints(IReadOnlyList<string> hints, CalicoRefusals found)
    {
        for (var i = 0; i < hints.Count; i++)
        {
            if (hints[i] != Hint)
                found.Add($"spec.performanceHints[{i}]", $"Found '{Excerpt.Of(hints[i])}'; the only hint is {Hint}.");
            else if (i > 0)
                found.Add($"spec.performanceHints[{i}]", $"{Hint} stands in performanceHints twice.");
        }
    }

    private static void CheckHostSwitches(CalicoPolicy policy, CalicoRefusals found)
    {
        if (policy is { DoNotTrack: true, PreDnat: true })
            found.Add("spec.preDNAT", "preDNAT and doNotTrack cannot both be true.");
        if (policy is { PreDnat: true, Egress.Count: > 0 })
            found.Add("spec.egress", "A policy with preDNAT cannot have egress rules.");
        if (policy.PreDnat && policy.Types.Contains(Egress))
            found.Add("spec.types", "A policy with preDNAT cannot have the type Egress.");
        if (!policy.ApplyOnForward && (policy.DoNotTrack || policy.PreDnat))
            found.Add("spec.applyOnForward", $"applyOnForward must be true where {(policy.PreDnat ? "preDNAT" : "doNotTrack")} is.");
    }

    private static void CheckRules(CalicoPolicy policy, PolicyDirection direction, CalicoRefusals found)
    {
        var rules = policy.Rules(direction);
        var field = direction == PolicyDirection.Ingress ? "spec.ingress" : "spec.egress";
        found.CheckLimit(rules.Count, MostRules, field, "rules");
        for (var i = 0; i < rules.Count; i++)
        {
            var (rule, path) = (rules[i], $"{field}[{i}]");
            new CalicoRuleRules(rule, path, found).Check();
            if (direction == PolicyDirection.Egress && rule.Http is not null)
                found.Add($"{path}.http", "http is for ingress rules only.");
            CheckServices(policy, rule, direction, path, found);
        }
    }

    /// <summary>A Service is the far end: the source of ingress, the destination of egress.</summary>
    private static void CheckServices(CalicoPolicy policy, CalicoRule rule, PolicyDirection direction, string path, CalicoRefusals found)
    {
        var (far, near) = direction == PolicyDirection.Ingress ? (rule.Source, rule.Destination) : (rule.Destination, rule.Source);
        var (farField, nearField) = direction == PolicyDirection.Ingress ? ("source", "destination") : ("destination", "source");
        if (near.Services is not null)
            found.Add($"{path}.{nearField}.services", $"In {field(direction)} rules, services may stand in {farField} only.");
        if (far.Services is { } service && !policy.CalicoKind.IsNamespaced && string.IsNullOrEmpty(service.Namespace))
            found.Add($"{path}.{farField}.services", $"A {policy.CalicoKind.Name} is in no namespace: services must have a namespace beside the name.");

        static string field(PolicyDirection direction) => direction == PolicyDirection.Ingress ? "ingress" : "egress";
    }
}
