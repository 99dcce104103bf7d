using NetPolTools.Objects;
using NetPolTools.Policies;
using NetPolTools.Reading;
using NetPolTools.Validation;

namespace NetPolTools.Dialects.Calico;

/// <summary>Reads a NetworkSet or GlobalNetworkSet.</summary>
internal sealed class CalicoNetworkSetDraft(CalicoKind kind, PolicyResource resource) : CalicoDraft(kind, resource)
{
    private IReadOnlyList<string> _nets = [];

    protected override CalicoObject Make(ObjectMetadata metadata, string writtenName) => new CalicoNetworkSet(CalicoKind, metadata) { Nets = _nets };

    protected override void ReadSpec(FieldReader fields)
    {
        if (!fields.EnterObject("a map with nets"))
            return;
        while (fields.NextField(out var name))
        {
            if (name == "nets")
            {
                _nets = fields.Strings("a list of CIDR blocks, such as [10.0.0.0/8]") ?? [];
                continue;
            }

            var advice = name == "allowedEgressDomains" ? "domain names are for Calico Enterprise and Calico Cloud only" : "expected nets";
            fields.Unknown($"Unknown field '{Excerpt.Of(name)}' in spec of a {CalicoKind.Name}; {advice}.");
        }
    }

    protected override bool IsSpecField(string name) => name == "nets";
}
