using NetPolTools.Diagnostics;
using NetPolTools.Objects;
using NetPolTools.Reading;
using NetPolTools.Text;

namespace NetPolTools.Dialects.Cilium;

/// <summary>Reads a CiliumNetworkPolicy or a CiliumClusterwideNetworkPolicy. One that Cilium rejects is reported, and has no effect.</summary>
internal sealed class CiliumPolicyDraft(bool isClusterwide) : PolicyDraft(isClusterwide ? CiliumPolicy.Clusterwide : CiliumPolicy.Namespaced)
{
    private CiliumRule? _spec;
    private List<CiliumRule>? _specs;

    public override KubernetesObject? Build(BindingContext context, ObjectMetadata metadata, SourceLocation location)
    {
        if (_spec is null && _specs is null)
        {
            context.Report(DiagnosticId.InvalidValue, DiagnosticSeverity.Error, CiliumPolicyRules.Empty, "spec", location);
            return null;
        }

        var policy = new CiliumPolicy(Complete(metadata), isClusterwide) { Spec = _spec, Specs = _specs, Location = location };
        if (ReportAll(CiliumPolicyRules.Check(policy), context, metadata))
            return null;
        foreach (var (id, path, message) in CiliumPolicyWarnings.Check(policy))
            context.Report(id, DiagnosticSeverity.Warning, message, path, Find(path, null));
        return policy;
    }

    protected override void ReadSpec(FieldReader fields) => _spec = new CiliumRuleReader(fields).Read();

    protected override bool IsSpecField(string name) => CiliumRuleReader.IsRuleField(name);

    protected override void ReadOther(string name, FieldReader fields)
    {
        if (name != "specs")
        {
            base.ReadOther(name, fields);
            return;
        }

        var kept = KeepOther(name, fields);
        if (!kept.EnterArray("a list of rules, each with a dash"))
            return;
        _specs = [];
        while (kept.NextItem())
        {
            if (new CiliumRuleReader(kept).Read() is { } rule)
                _specs.Add(rule);
        }
    }
}
