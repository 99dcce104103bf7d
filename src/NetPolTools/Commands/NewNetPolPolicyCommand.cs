using System.Management.Automation;
using NetPolTools.Completion;
using NetPolTools.Objects;
using NetPolTools.Validation;

namespace NetPolTools.Commands;

/// <summary>Makes a NetworkPolicy of rules, checked as the API server would.</summary>
[Cmdlet(VerbsCommon.New, "NetPolPolicy")]
[OutputType(typeof(NetworkPolicy))]
public sealed class NewNetPolPolicyCommand : NewPolicyCommand
{
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
    [ValidateNotNullOrEmpty]
    public string? KubernetesVersion { get; set; }

    private protected override void Make()
    {
        var version = Arguments.Version(this, KubernetesVersion) ?? Validation.KubernetesVersion.Newest;
        var policy = new NetworkPolicy(Metadata(Namespace))
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
