using System.Management.Automation;
using NetPolTools.Asking;
using NetPolTools.Completion;

namespace NetPolTools.Commands;

/// <summary>A cmdlet that asks who can reach whom: what such questions have in common.</summary>
public abstract class QueryCommand : InputCommand
{
    /// <summary>The namespaces that the question is about; wildcards are welcome.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(NamespaceCompleter))]
    public string[] Namespace { get; set; } = [];

    /// <summary>An ipBlock does not match pods inside it, as with Cilium's defaults; most other plugins let it.</summary>
    [Parameter]
    public SwitchParameter IPBlockIgnoresPods { get; set; }

    /// <summary>
    /// Answers for a cluster with this network plugin, such as Flannel or Cilium@1.15, or for one that does all that policies say: Enforcing. Without it,
    /// for the plugin that the input shows.
    /// </summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(CniCompleter))]
    public string? Cni { get; set; }

    private protected override string[] NamespacesAsked => Namespace;

    /// <summary>What the parameters say of the cluster that the input does not.</summary>
    private protected Assumptions Assumed() => new() { Cni = Arguments.Cni(this, Cni), IPBlockIgnoresPods = IPBlockIgnoresPods };
}
