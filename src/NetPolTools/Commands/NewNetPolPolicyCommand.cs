using System.Collections;
using System.Management.Automation;
using NetPolTools.Completion;
using NetPolTools.Objects;
using NetPolTools.Validation;

namespace NetPolTools.Commands;

/// <summary>Makes a NetworkPolicy of rules, checked as the API server would.</summary>
[Cmdlet(VerbsCommon.New, "NetPolPolicy")]
[OutputType(typeof(NetworkPolicy))]
public sealed class NewNetPolPolicyCommand : NetPolCommand
{
    [Parameter(Mandatory = true, Position = 0)]
    [ValidateNotNullOrEmpty]
    public string Name { get; set; } = "";

    [Parameter(Position = 1)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(NamespaceCompleter))]
    public string Namespace { get; set; } = "default";

    [Parameter(Position = 2)]
    [LabelSelectorTransformation]
    [ValidateNotNull]
    [ArgumentCompleter(typeof(PodLabelCompleter))]
    [PSDefaultValue(Help = "@{}")]
    public LabelSelector PodSelector { get; set; } = LabelSelector.Everything;

    [Parameter]
    [OwnObjects(typeof(NetworkPolicyRule), "New-NetPolRule")]
    [AllowEmptyCollection]
    [ValidateNotNull]
    public NetworkPolicyRule[] Ingress { get; set; } = [];

    [Parameter]
    [OwnObjects(typeof(NetworkPolicyRule), "New-NetPolRule")]
    [AllowEmptyCollection]
    [ValidateNotNull]
    public NetworkPolicyRule[] Egress { get; set; } = [];

    [Parameter]
    [ValidateNotNullOrEmpty]
    public PolicyDirection[] PolicyType { get; set; } = [];

    [Parameter]
    [ValidateNotNull]
    [PSDefaultValue(Help = "@{}")]
    public Hashtable Label { get; set; } = [];

    [Parameter]
    [ValidateNotNull]
    [PSDefaultValue(Help = "@{}")]
    public Hashtable Annotation { get; set; } = [];

    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? KubernetesVersion { get; set; }

    protected override void EndProcessing()
    {
        var version = Arguments.Version(this, KubernetesVersion) ?? Validation.KubernetesVersion.Newest;
        if (MyInvocation.ExpectingInput)
            ThrowTerminatingError(
                ErrorRecords.InvalidArgument("Rules come by -Ingress and -Egress, since a pipeline does not say which of the two is meant.", null));
        var policy = new NetworkPolicy(new ObjectMetadata
        {
            Name = Name,
            Namespace = Namespace,
            Labels = LabelSet.Create(Selectors.Labels(Label)),
            Annotations = Selectors.Labels(Annotation),
        })
        {
            PodSelector = PodSelector,
            PolicyTypes = [.. Types().Distinct().Select(static type => type.ToString())],
            Ingress = Ingress.Length > 0 ? Ingress : null,
            Egress = Egress.Length > 0 ? Egress : null,
        };
        foreach (var (direction, rules) in new[] { (PolicyDirection.Ingress, Ingress), (PolicyDirection.Egress, Egress) })
        {
            if (rules.Length > 0 && !policy.Isolates(direction))
            {
                ThrowTerminatingError(ErrorRecords.InvalidArgument(
                    $"-{direction} gives rules, and -PolicyType leaves {direction} out, so that they would have no effect.", PolicyType));
            }
        }

        ThrowIfRefused([.. NetworkPolicyRules.Check(policy), .. CidrForms.Refused(policy, version)], policy);
        foreach (var (_, path, message) in NetworkPolicyWarnings.Check(policy, version < Validation.KubernetesVersion.StrictCidrs))
            WriteWarning($"{policy.Reference}: {path}: {message}");
        WriteObject(policy);
    }

    private PolicyDirection[] Types()
    {
        if (PolicyType.Length > 0)
            return PolicyType;
        var given = new[] { PolicyDirection.Ingress, PolicyDirection.Egress }.Where(type => MyInvocation.BoundParameters.ContainsKey(type.ToString()))
            .ToArray();
        return given.Length > 0 ? given : [PolicyDirection.Ingress];
    }
}
