using System.Management.Automation;
using NetPolTools.Completion;
using NetPolTools.Objects;

namespace NetPolTools.Commands;

/// <summary>A cmdlet that makes a peer of a rule: the parameters that pick pods and namespaces.</summary>
public abstract class NewPeerCommand : NetPolCommand
{
    private protected const string PodsSet = "Pods";

    [Parameter(Position = 0, ParameterSetName = PodsSet)]
    [LabelSelectorTransformation]
    [ArgumentCompleter(typeof(PodLabelCompleter))]
    public LabelSelector? PodSelector { get; set; }

    [Parameter(ParameterSetName = PodsSet)]
    [LabelSelectorTransformation]
    [ArgumentCompleter(typeof(NamespaceLabelCompleter))]
    public LabelSelector? NamespaceSelector { get; set; }

    [Parameter(ParameterSetName = PodsSet)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(NamespaceCompleter))]
    public string[] Namespace { get; set; } = [];

    /// <summary>The namespaces meant, by their names or by their labels; null where nothing names them.</summary>
    private protected LabelSelector? Namespaces() => Selectors.Namespaces(this, Namespace, NamespaceSelector);
}
