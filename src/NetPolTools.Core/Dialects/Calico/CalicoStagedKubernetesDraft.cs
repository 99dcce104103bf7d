using NetPolTools.Objects;
using NetPolTools.Policies;
using NetPolTools.Reading;
using NetPolTools.Reading.Kinds;

namespace NetPolTools.Dialects.Calico;

/// <summary>Reads a staged NetworkPolicy of Kubernetes: the spec of one, with a stagedAction.</summary>
internal sealed class CalicoStagedKubernetesDraft(PolicyResource resource) : CalicoDraft(CalicoKind.StagedKubernetesNetworkPolicy, resource)
{
    private NetworkPolicySpecReader? _read;
    private string? _action;

    protected override CalicoObject Make(ObjectMetadata metadata, string writtenName) => new CalicoStagedKubernetesPolicy(metadata, new NetworkPolicy(metadata)
    {
        PodSelector = _read?.PodSelector ?? LabelSelector.Everything,
        Ingress = _read?.Ingress,
        Egress = _read?.Egress,
        PolicyTypes = _read?.PolicyTypes,
    })
    {
        StagedAction = _action,
    };

    protected override void ReadSpec(FieldReader fields)
    {
        _read = new NetworkPolicySpecReader(fields, name =>
        {
            if (name != "stagedAction")
                return false;
            _action = fields.String();
            return true;
        });
        _read.Read();
    }

    protected override bool IsSpecField(string name) => name == "stagedAction" || NetworkPolicySpecReader.IsSpecField(name);
}
