using System.Management.Automation;
using NetPolTools.Asking;
using NetPolTools.Cni;
using NetPolTools.Cni.Catalogue;
using NetPolTools.Output;

namespace NetPolTools.Commands;

/// <summary>Tells whether a cluster enforces NetworkPolicies at all, or some of their features, for audits.</summary>
[Cmdlet(VerbsDiagnostic.Test, "NetPolCniSupport", DefaultParameterSetName = PluginSet)]
[OutputType(typeof(bool))]
public sealed class TestNetPolCniSupportCommand : CniCommand
{
    [Parameter]
    [ValidateNotNullOrEmpty]
    public PolicyFeature[] Feature { get; set; } = [];

    [Parameter]
    public UnknownAnswer Unknown { get; set; }

    private protected override bool EndsOnError => true;

    private protected override void EndWithoutAnswer() => ThrowProblems();

    private protected override void Answer(CniFindings findings)
    {
        ThrowProblems();
        var verdict = findings.Verdict;
        foreach (var warning in verdict.Warnings)
            WriteWarning(warning);
        foreach (var diagnostic in CniDiagnostics.OfPolicies(findings.Limited))
            WriteDiagnostic(diagnostic, diagnostic.Object);
        WriteVerbose(verdict.Reason);
        if (verdict.Enforced == Enforcement.Partly)
            WriteWarning(verdict.Reason);

        var limits = verdict.Enforced is Enforcement.No or Enforcement.Partly
            ? []
            : verdict.Plugins.SelectMany(static plugin => plugin.Limits).Where(limit => Feature.Contains(limit.Feature)).ToArray();
        switch (findings.Enforces(Feature))
        {
            case Truth.No:
                foreach (var limit in limits.Where(static limit => limit.Support == FeatureSupport.No))
                    WriteVerbose(limit.ToString());
                WriteObject(false);
                break;
            case Truth.Yes:
                foreach (var limit in limits.Where(static limit => limit.Support == FeatureSupport.Partial))
                    WriteWarning(limit.ToString());
                WriteObject(true);
                break;
            default:
                AnswerUnknown(findings, verdict.Enforced == Enforcement.Unknown
                    ? verdict.Reason
                    : string.Join(" ", limits.Where(static limit => limit.Support == FeatureSupport.Unknown).Select(static limit => limit + ".")));
                break;
        }
    }

    private void AnswerUnknown(CniFindings findings, string reason)
    {
        if (Unknown == UnknownAnswer.Error)
            ThrowTerminatingError(ErrorRecords.CniUnknown(reason, new NetPolCniSupport(findings)));
        else
            WriteObject(Unknown == UnknownAnswer.True);
    }
}
