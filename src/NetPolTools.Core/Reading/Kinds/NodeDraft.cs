using NetPolTools.Objects;
using NetPolTools.Sets;

namespace NetPolTools.Reading.Kinds;

/// <summary>Reads a Node's addresses.</summary>
internal sealed class NodeDraft : ObjectDraft
{
    private readonly List<NetAddress> _addresses = [];

    public override void ReadField(string name, FieldReader fields)
    {
        if (name != "status")
        {
            base.ReadField(name, fields);
            return;
        }

        if (!fields.EnterObject("a map"))
            return;
        while (fields.NextField(out var field))
        {
            if (field == "addresses")
                ReadAddresses(fields);
            else
                fields.Skip();
        }
    }

    public override KubernetesObject Build(BindingContext context, ObjectMetadata metadata, SourceLocation location) => new Node(metadata) { Addresses = _addresses };

    private void ReadAddresses(FieldReader fields)
    {
        if (!fields.EnterArray("a list of addresses"))
            return;
        while (fields.NextItem())
        {
            if (!fields.EnterObject("a map with type and address"))
                continue;
            string? type = null, address = null;
            while (fields.NextField(out var field))
            {
                if (field == "type")
                    type = fields.String();
                else if (field == "address")
                    address = fields.String();
                else
                    fields.Skip();
            }

            if (type is "InternalIP" or "ExternalIP" && NetAddress.TryParse(address, out var parsed) && !_addresses.Contains(parsed))
                _addresses.Add(parsed);
        }
    }
}
