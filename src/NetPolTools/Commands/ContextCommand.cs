using System.Management.Automation;
using NetPolTools.Completion;

namespace NetPolTools.Commands;

/// <summary>A cmdlet that can read a cluster instead of manifests or objects.</summary>
public abstract class ContextCommand : ReadingCommand
{
    /// <summary>A cluster, read with kubectl as it is now: a context of the kubeconfig, or a dot for its current one.</summary>
    [Parameter(Mandatory = true, ParameterSetName = ContextSet)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(ContextCompleter))]
    public string Context { get; set; } = "";
}
