using NetPolTools.Objects;
using NetPolTools.Policies;
using NetPolTools.Reading;
using NetPolTools.Validation;

namespace NetPolTools.Dialects.Calico;

/// <summary>Reads a tier.</summary>
internal sealed class CalicoTierDraft(PolicyResource resource) : CalicoDraft(CalicoKind.Tier, resource)
{
    private double? _order;
    private string? _defaultAction;

    protected override CalicoObject Make(ObjectMetadata metadata, string writtenName) =>
        new CalicoTier(metadata) { Order = _order, DefaultAction = _defaultAction };

    protected override void ReadSpec(FieldReader fields)
    {
        if (!fields.EnterObject("a map with order and defaultAction"))
            return;
        while (fields.NextField(out var name))
        {
            if (name == "order")
                _order = fields.Number();
            else if (name == "defaultAction")
                _defaultAction = fields.String();
            else
                fields.Unknown($"Unknown field '{Excerpt.Of(name)}' in spec of a Tier; expected order or defaultAction.");
        }
    }

    protected override bool IsSpecField(string name) => name is "order" or "defaultAction";
}
