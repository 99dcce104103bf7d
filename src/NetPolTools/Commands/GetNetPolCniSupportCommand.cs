using System.Management.Automation;
using NetPolTools.Asking;
using NetPolTools.Cni.Catalogue;
using NetPolTools.Output;

namespace NetPolTools.Commands;

/// <summary>Tells by which plugin a cluster enforces NetworkPolicies, on what evidence and with which limits; or lists the plugins that are known.</summary>
[Cmdlet(VerbsCommon.Get, "NetPolCniSupport", DefaultParameterSetName = PluginSet)]
[OutputType(typeof(NetPolCniSupport), typeof(NetPolCniPlugin))]
public sealed class GetNetPolCniSupportCommand : CniCommand
{
    private const string ListSet = "List";

    [Parameter(ParameterSetName = ListSet)]
    public SwitchParameter List { get; set; }

    private protected override bool TakesInput => base.TakesInput && ParameterSetName != ListSet;

    private protected override void AnswerWithoutInput()
    {
        if (ParameterSetName != ListSet)
        {
            base.AnswerWithoutInput();
            return;
        }

        foreach (var entry in PluginCatalogue.Default.Entries)
            WriteObject(new NetPolCniPlugin(entry, PluginCatalogue.Default.Chain(entry)));
    }

    private protected override void Answer(CniFindings findings) => WriteObject(new NetPolCniSupport(findings));
}
