using NetPolTools.Dialects.Calico;
using NetPolTools.Reachability;

namespace NetPolTools.Listing;

/// <summary>
/// Pods by a selector of Calico, as its policies pick them: <c>calico: app == 'web' &amp;&amp; has(tier)</c>. Pods have their own labels and those that Calico
/// gives them by their namespace's and service account's names; pods on the host's network are none of Calico's endpoints.
/// </summary>
internal static class CalicoPods
{
    /// <summary>What stands before such a selector.</summary>
    private const string Prefix = "calico:";

    private const string NameOfNamespace = CalicoLabels.OfNamespace + CalicoLabels.Name;
    private const string NameOfServiceAccount = CalicoLabels.OfServiceAccount + CalicoLabels.Name;

    /// <summary>Whether a pod is meant; null where the text is no such selector.</summary>
    /// <exception cref="FormatException">It begins as one and is none; says why and where.</exception>
    public static Func<Endpoint, bool>? Parse(string text)
    {
        if (!text.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase))
            return null;
        if (!CalicoSelector.TryParse(text[Prefix.Length..], out var selector, out var error))
            throw new FormatException($"'{text}' is no selector of Calico: {error with { Position = error.Position + Prefix.Length }}.");
        foreach (var part in selector.Parts())
        {
            if (part is CalicoSelector.Global)
                throw new FormatException($"'{text}' means what is in no namespace, and every pod is in one.");
            if (part is CalicoSelector.Label { Key: var key } && IsInherited(key))
            {
                throw new FormatException(
                    $"'{text}' goes by {key}, a label that pods inherit; expected labels of pods, {CalicoLabels.Namespace} or {CalicoLabels.ServiceAccount}.");
            }
        }

        return endpoint => !endpoint.IsHostNetwork && selector.Matches(key => LabelOf(endpoint, key));
    }

    private static bool IsInherited(string key) => key is not (NameOfNamespace or NameOfServiceAccount)
        && (key.StartsWith(CalicoLabels.OfNamespace, StringComparison.Ordinal) || key.StartsWith(CalicoLabels.OfServiceAccount, StringComparison.Ordinal));

    private static string? LabelOf(Endpoint endpoint, string key) => key switch
    {
        CalicoLabels.Namespace or NameOfNamespace => endpoint.Namespace,
        CalicoLabels.ServiceAccount or NameOfServiceAccount => endpoint.Spec.ServiceAccount,
        CalicoLabels.Orchestrator => CalicoLabels.Kubernetes,
        _ => endpoint.Labels.TryGet(key, out var value) ? value : null,
    };
}
