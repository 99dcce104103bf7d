using NetPolTools.Cni.Catalogue;
using NetPolTools.Diagnostics;
using NetPolTools.Reachability;
using NetPolTools.Snapshot;

namespace NetPolTools.Cni;

/// <summary>How to evaluate the policies of an input on a network plugin.</summary>
/// <param name="Options">For compiling.</param>
/// <param name="Diagnostics">What to tell of the plugin.</param>
public sealed record CniEvaluation(ReachabilityOptions Options, IReadOnlyList<Diagnostic> Diagnostics)
{
    /// <param name="snapshot">The input.</param>
    /// <param name="choice">Which plugin.</param>
    /// <param name="ipBlockIgnoresPods">Whether ipBlocks are not to match pods, whatever the plugin does.</param>
    public static CniEvaluation Of(ClusterSnapshot snapshot, CniChoice choice, bool ipBlockIgnoresPods)
    {
        if (choice.Judge(snapshot) is not { } verdict)
            return new CniEvaluation(new ReachabilityOptions { IPBlockMatchesPods = !ipBlockIgnoresPods }, []);
        var enforcement = PolicyEnforcement.Of(verdict, snapshot.NetworkPolicies);
        return new CniEvaluation(
            OptionsOn(verdict, enforcement, ipBlockIgnoresPods),
            [.. CniDiagnostics.OfReachability(verdict, snapshot.NetworkPolicies.Count)]);
    }

    /// <summary>Where the plugin may be told otherwise, its default counts: answers that depend on ipBlocks carry a note anyway.</summary>
    private static ReachabilityOptions OptionsOn(CniVerdict verdict, PolicyEnforcement? enforcement, bool ipBlockIgnoresPods) => new()
    {
        IPBlockMatchesPods = !ipBlockIgnoresPods && (enforcement?.NotEnforcedBecause is not null || verdict.Limits.All(static limit =>
            limit.Feature != PolicyFeature.IPBlockOnPods)),
        NotEnforcedBecause = enforcement?.NotEnforcedBecause,
        Caveats = enforcement is null ? [] : [.. enforcement.Limits.Select(static limit => limit.Caveat)],
        IPv6Caveat = enforcement?.IPv6?.ToString(),
    };
}
