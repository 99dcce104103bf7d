using System.Management.Automation;
using NetPolTools.Authoring.ClusterPolicies;
using NetPolTools.Completion;
using NetPolTools.Dialects.AdminTiers;
using NetPolTools.Objects;

namespace NetPolTools.Commands;

/// <summary>Makes a ClusterNetworkPolicy of rules, checked as the API server would.</summary>
[Cmdlet(VerbsCommon.New, "NetPolClusterPolicy")]
[OutputType(typeof(AdminPolicy))]
public sealed class NewNetPolClusterPolicyCommand : NewPolicyCommand
{
    [Parameter(Mandatory = true, Position = 1)]
    public ClusterPolicyTier Tier { get; set; }

    [Parameter(Mandatory = true, Position = 2)]
    public int Priority { get; set; }

    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(NamespaceCompleter))]
    public string[] Namespace { get; set; } = [];

    [Parameter]
    [LabelSelectorTransformation]
    [ArgumentCompleter(typeof(NamespaceLabelCompleter))]
    public LabelSelector? NamespaceSelector { get; set; }

    [Parameter]
    [LabelSelectorTransformation]
    [ArgumentCompleter(typeof(PodLabelCompleter))]
    public LabelSelector? PodSelector { get; set; }

    [Parameter]
    [OwnObjects(typeof(AdminRule), "New-NetPolClusterRule")]
    [AllowEmptyCollection]
    [ValidateNotNull]
    public AdminRule[] Ingress { get; set; } = [];

    [Parameter]
    [OwnObjects(typeof(AdminRule), "New-NetPolClusterRule")]
    [AllowEmptyCollection]
    [ValidateNotNull]
    public AdminRule[] Egress { get; set; } = [];

    private protected override void Make()
    {
        var policy = new AdminPolicy(AdminPolicyKind.ClusterNetworkPolicy, Metadata(null))
        {
            Tier = Tier.ToString(),
            Priority = Priority,
            Subject = ClusterSelectors.Subject(ClusterSelectors.Pods(this, Namespace, NamespaceSelector, PodSelector)),
            Ingress = Ingress.Length > 0 ? Ingress : null,
            Egress = Egress.Length > 0 ? Egress : null,
        };

        // The server does not look at selectors in these kinds, but one with a mistake would pick nobody.
        ThrowIfRefused([.. AdminPolicyRules.Check(policy), .. AdminPolicyRules.CheckSelectors(policy)], policy);
        WriteObject(policy);
    }
}
