using NetPolTools.Diagnostics;
using NetPolTools.Objects;
using NetPolTools.Text;
using NetPolTools.Validation;

namespace NetPolTools.Reading.Kinds;

/// <summary>Reads a NetworkPolicy.</summary>
internal sealed class NetworkPolicyDraft() : PolicyDraft(NetworkPolicy.KindName)
{
    private NetworkPolicySpecReader? _read;

    public override KubernetesObject? Build(BindingContext context, ObjectMetadata metadata, SourceLocation location)
    {
        var policy = new NetworkPolicy(Complete(metadata))
        {
            PodSelector = _read?.PodSelector ?? LabelSelector.Everything,
            Ingress = _read?.Ingress,
            Egress = _read?.Egress,
            PolicyTypes = _read?.PolicyTypes,
            Location = location,
        };

        // What a server has taken, it keeps.
        var isFormFree = IsStored || context.AreStored || context.Version < KubernetesVersion.StrictCidrs;
        var errors = NetworkPolicyRules.Check(policy);
        if (!isFormFree && CidrForms.Refused(policy, context.Version) is { Count: > 0 } forms)
            errors = [.. errors, .. forms];
        if (ReportAll(errors, context, metadata))
            return null;

        Warn(policy, isFormFree, context, location);
        return policy;
    }

    protected override void ReadSpec(FieldReader fields)
    {
        _read = new NetworkPolicySpecReader(fields);
        _read.Read();
    }

    protected override bool IsSpecField(string name) => NetworkPolicySpecReader.IsSpecField(name);

    /// <summary>What the server takes without a word and people do not mean.</summary>
    private void Warn(NetworkPolicy policy, bool isFormFree, BindingContext context, SourceLocation location)
    {
        if (!HasSpec)
        {
            context.Report(
                DiagnosticId.MissingSpec,
                DiagnosticSeverity.Warning,
                "The policy has no spec. The API server takes it as one that selects every pod of the namespace and allows no ingress.",
                "spec",
                location);
        }

        foreach (var (id, path, message) in NetworkPolicyWarnings.Check(policy, isFormFree))
            context.Report(id, DiagnosticSeverity.Warning, message, path, Find(path, null));
    }
}
