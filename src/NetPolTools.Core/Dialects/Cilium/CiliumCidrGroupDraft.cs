using NetPolTools.Diagnostics;
using NetPolTools.Objects;
using NetPolTools.Reading;
using NetPolTools.Text;
using NetPolTools.Validation;

namespace NetPolTools.Dialects.Cilium;

/// <summary>Reads a CiliumCIDRGroup.</summary>
internal sealed class CiliumCidrGroupDraft() : PolicyDraft(CiliumCidrGroup.KindName)
{
    private List<string>? _cidrs;

    public override KubernetesObject? Build(BindingContext context, ObjectMetadata metadata, SourceLocation location)
    {
        if (!HasSpec)
        {
            context.Report(DiagnosticId.InvalidValue, DiagnosticSeverity.Error, "Required value.", "spec", location);
            return null;
        }

        var group = new CiliumCidrGroup(Complete(metadata)) { Cidrs = _cidrs ?? [], Location = location };
        var errors = new List<FieldError>();
        MetadataRules.Check(group.Metadata, errors);
        for (var i = 0; i < group.Cidrs.Count; i++)
        {
            if (CiliumPolicyRules.CheckCidr(group.Cidrs[i]) is { } wrong)
                errors.Add(new FieldError($"spec.externalCIDRs[{i}]", wrong));
        }

        return ReportAll(errors, context, metadata) ? null : group;
    }

    protected override void ReadSpec(FieldReader fields)
    {
        if (!fields.EnterObject("a map with externalCIDRs"))
            return;
        while (fields.NextField(out var name))
        {
            if (name == "externalCIDRs")
                _cidrs = fields.Strings("a list of CIDR blocks, such as [10.0.0.0/8]");
            else
                fields.Unknown($"Unknown field '{name}' in spec; expected externalCIDRs.");
        }
    }

    protected override bool IsSpecField(string name) => name == "externalCIDRs";
}
