using System.Collections;
using System.Management.Automation;
using NetPolTools.Asking;
using NetPolTools.Completion;

namespace NetPolTools.Commands;

/// <summary>A cmdlet that asks who can reach whom: what such questions have in common.</summary>
public abstract class QueryCommand : InputCommand
{
    [Parameter]
    public SwitchParameter IPBlockIgnoresPods { get; set; }

    [Parameter]
    public SwitchParameter IncludeStaged { get; set; }

    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(CniCompleter))]
    public string? Cni { get; set; }

    [Parameter]
    [ValidateNotNull]
    public Hashtable? CiliumSetting { get; set; }

    /// <summary>What the parameters say of the cluster that the input does not.</summary>
    private protected Assumptions Assumed() => Arguments.Assumed(this, Cni, IncludeStaged, IPBlockIgnoresPods, CiliumSetting);
}
