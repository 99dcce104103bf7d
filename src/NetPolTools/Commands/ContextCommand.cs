using System.Management.Automation;
using NetPolTools.Completion;

namespace NetPolTools.Commands;

/// <summary>A cmdlet that can read a cluster instead of manifests or objects.</summary>
public abstract class ContextCommand : ReadingCommand
{
    [Parameter(Mandatory = true, ParameterSetName = ContextSet)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(ContextCompleter))]
    public string Context { get; set; } = "";
}
