using System.Management.Automation;
using NetPolTools.Cni;
using NetPolTools.Output;

namespace NetPolTools.Commands;

/// <summary>Tells whether a cluster enforces NetworkPolicies at all, or some of their features, for audits.</summary>
[Cmdlet(VerbsDiagnostic.Test, "NetPolCniSupport", DefaultParameterSetName = PluginSet)]
[OutputType(typeof(bool))]
public sealed class TestNetPolCniSupportCommand : CniCommand
{
    /// <summary>Whether these work, and not only policies as such. One that works in part counts, with a warning.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public PolicyFeature[] Feature { get; set; } = [];

    /// <summary>The answer where the input does not tell: by default an error and no answer.</summary>
    [Parameter]
    public UnknownAnswer Unknown { get; set; }

    private protected override void Answer(NetPolCniSupport support)
    {
        foreach (var warning in support.Warnings)
            WriteWarning(warning);
        foreach (var diagnostic in CniDiagnostics.OfPolicies(support.AffectedPolicies))
            WriteDiagnostic(diagnostic, diagnostic.Object);
        WriteVerbose(support.Reason);
        if (support.Enforced == Enforcement.Partly)
            WriteWarning(support.Reason);
        if (support.Enforced is Enforcement.No or Enforcement.Partly)
        {
            WriteObject(false);
            return;
        }

        var limits = support.Verdict.Plugins.SelectMany(static plugin => plugin.Limits).Where(limit => Feature.Contains(limit.Feature)).ToArray();
        FeatureSupport[] works = [.. Feature.Select(support.Verdict.Supports)];
        if (works.Contains(FeatureSupport.No))
        {
            foreach (var limit in limits.Where(static limit => limit.Support == FeatureSupport.No))
                WriteVerbose(limit.ToString());
            WriteObject(false);
        }
        else if (support.Enforced == Enforcement.Unknown)
        {
            AnswerUnknown(support.Reason, support);
        }
        else if (works.Contains(FeatureSupport.Unknown))
        {
            AnswerUnknown(string.Join(" ", limits.Where(static limit => limit.Support == FeatureSupport.Unknown).Select(static limit => limit + ".")), support);
        }
        else
        {
            foreach (var limit in limits.Where(static limit => limit.Support == FeatureSupport.Partial))
                WriteWarning(limit.ToString());
            WriteObject(true);
        }
    }

    private void AnswerUnknown(string reason, NetPolCniSupport support)
    {
        if (Unknown == UnknownAnswer.Error)
            WriteError(ErrorRecords.CniUnknown(reason, support));
        else
            WriteObject(Unknown == UnknownAnswer.True);
    }
}
