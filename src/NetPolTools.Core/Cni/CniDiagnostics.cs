using NetPolTools.Cni.Catalogue;
using NetPolTools.Diagnostics;

namespace NetPolTools.Cni;

/// <summary>What a question about reachability should say about the cluster's network plugin.</summary>
public static class CniDiagnostics
{
    private const int MostProofs = 3;

    /// <summary>A warning where policies may not do what they say; none where nothing is recognised or all is well.</summary>
    /// <param name="verdict">On the plugin.</param>
    /// <param name="policies">How many policies there are: without one there is nothing to enforce.</param>
    public static IEnumerable<Diagnostic> OfReachability(CniVerdict verdict, int policies)
    {
        if (!verdict.IsRecognised || verdict.Enforced == Enforcement.Yes || policies == 0)
            yield break;
        var proofs = verdict.Evidence.Where(static piece => !piece.IsHint).Take(MostProofs).Select(static piece => piece.ToString()).ToArray();
        var seen = proofs.Length == 0 ? "" : $" Seen: {string.Join("; ", proofs)}.";
        var what = verdict.Enforced switch
        {
            Enforcement.No => "The answer shows what is open without policies.",
            Enforcement.Partly => "The answer is that of nodes which enforce.",
            _ => "The answer is that of a cluster which enforces.",
        };
        yield return new Diagnostic(DiagnosticId.PoliciesNotEnforced, DiagnosticSeverity.Warning, $"{verdict.Reason} {what}{seen}");
    }

    /// <summary>A warning where policies that are being made would not do what they say everywhere.</summary>
    public static IEnumerable<Diagnostic> OfNewPolicies(CniVerdict verdict)
    {
        if (!verdict.IsRecognised || verdict.Enforced == Enforcement.Yes)
            yield break;
        var what = verdict.Enforced == Enforcement.No ? "These policies would have no effect." : "These policies may have no effect.";
        yield return new Diagnostic(DiagnosticId.PoliciesNotEnforced, DiagnosticSeverity.Warning, $"{verdict.Reason} {what}");
    }

    /// <summary>Likewise for policies of a kind of the admin tiers, which few plugins enforce.</summary>
    public static IEnumerable<Diagnostic> OfNewPolicies(CniVerdict verdict, PolicyFeature kind) =>
        verdict.IsRecognised && verdict.Enforced == Enforcement.No ? OfNewPolicies(verdict) : PolicyKindEnforcement.OfNew(verdict, kind);

    /// <summary>Likewise for policies of the API of a plugin of its own.</summary>
    /// <param name="verdict">On the cluster.</param>
    /// <param name="engine">The plugin whose API it is, by its id in the catalogue.</param>
    public static IEnumerable<Diagnostic> OfNewPolicies(CniVerdict verdict, string engine)
    {
        if (verdict.Engines.Any(plugin => PluginCatalogue.Default.Chain(plugin.Entry).Any(entry => entry.Id == engine)))
            return OfNewPolicies(verdict);
        var name = PluginCatalogue.Default.Find(engine)!.Name;
        return
        [
            new Diagnostic(
                DiagnosticId.PoliciesNotEnforced,
                DiagnosticSeverity.Warning,
                verdict.IsRecognised
                    ? $"Only {name} enforces these policies, and the input shows {verdict.Names}."
                    : $"Only {name} enforces these policies, and the input shows no network plugin."),
        ];
    }

    /// <summary>A warning for each place in a policy that does not work as written.</summary>
    public static IEnumerable<Diagnostic> OfPolicies(IEnumerable<LimitedUse> limited) => limited.Select(static use =>
        new Diagnostic(DiagnosticId.PolicyLimited, DiagnosticSeverity.Warning, use.Limit.ToString())
        {
            Object = use.Use.Policy.Reference,
            FieldPath = use.Use.Path,
            Location = use.Use.Location,
        });
}
