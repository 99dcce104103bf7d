using System.Collections;
using System.Management.Automation;
using NetPolTools.Objects;

namespace NetPolTools.Commands;

/// <summary>A cmdlet that makes a policy of rules: its name, labels and annotations. Rules are parameters, since a pipeline knows no direction.</summary>
public abstract class NewPolicyCommand : NetPolCommand
{
    [Parameter(Mandatory = true, Position = 0)]
    [ValidateNotNullOrEmpty]
    public string Name { get; set; } = "";

    [Parameter]
    [ValidateNotNull]
    [PSDefaultValue(Help = "@{}")]
    public Hashtable Label { get; set; } = [];

    [Parameter]
    [ValidateNotNull]
    [PSDefaultValue(Help = "@{}")]
    public Hashtable Annotation { get; set; } = [];

    protected sealed override void EndProcessing()
    {
        if (MyInvocation.ExpectingInput)
            ThrowTerminatingError(
                ErrorRecords.InvalidArgument("Rules come by -Ingress and -Egress, since a pipeline does not say which of the two is meant.", null));
        Make();
    }

    /// <summary>Makes the policy, checks it and gives it.</summary>
    private protected abstract void Make();

    /// <param name="ns">The policy's namespace; null for kinds that have none.</param>
    private protected ObjectMetadata Metadata(string? ns) => new()
    {
        Name = Name,
        Namespace = ns,
        Labels = LabelSet.Create(Selectors.Labels(Label)),
        Annotations = Selectors.Labels(Annotation),
    };
}
