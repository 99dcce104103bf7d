using NetPolTools.Cni.Catalogue;
using NetPolTools.Objects;
using NetPolTools.Sets;
using NetPolTools.Text;

namespace NetPolTools.Reading.Kinds;

/// <summary>Reads a Node's addresses, and what it says about the network plugin.</summary>
internal sealed class NodeDraft : ObjectDraft
{
    private readonly List<NetAddress> _addresses = [];
    private readonly List<AddressRange> _podRanges = [];
    private readonly Dictionary<string, string> _values = [];

    public override void ReadField(string name, FieldReader fields)
    {
        if (name == "metadata")
        {
            Metadata.Read(fields, ReadOtherMetadata);
            return;
        }

        if (name == "spec")
        {
            QuietWalk.EachField(fields.Tokens, field => ReadPodRanges(field, fields.Tokens) || Keep("spec." + field, fields.Tokens));
            return;
        }

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
            else if (field == "nodeInfo")
                QuietWalk.EachField(fields.Tokens, inner => Keep("status.nodeInfo." + inner, fields.Tokens));
            else if (field == "conditions")
                QuietWalk.EachItem(fields.Tokens, () => ReadCondition(fields.Tokens));
            else
                fields.Skip();
        }
    }

    public override KubernetesObject Build(BindingContext context, ObjectMetadata metadata, SourceLocation location)
    {
        context.Add(new PluginTrace(Node.KindName, metadata) { Values = _values, Location = location });
        return new Node(metadata) { Addresses = _addresses, PodRanges = _podRanges };
    }

    /// <summary>The first of podCIDRs is podCIDR, which tells something of the plugin too.</summary>
    private bool ReadPodRanges(string field, ManifestTokenReader tokens)
    {
        if (field == "podCIDR")
            Add(Keep("spec." + field, QuietWalk.Text(tokens)));
        else if (field == "podCIDRs")
            QuietWalk.Texts(tokens).ForEach(Add);
        else
            return false;
        return true;

        void Add(string? text)
        {
            if (AddressRange.TryParseCidr(text, out var range, out _, out _) && !_podRanges.Contains(range))
                _podRanges.Add(range);
        }
    }

    private void ReadOtherMetadata(string name, FieldReader fields)
    {
        if (name == "annotations")
            QuietWalk.EachField(fields.Tokens, key => Keep(key, fields.Tokens));
        else
            fields.Skip();
    }

    private bool Keep(string key, ManifestTokenReader tokens)
    {
        if (!PluginCatalogue.Default.Vocabulary.KnowsValue(Node.KindName, key))
            return false;
        Keep(key, QuietWalk.Text(tokens));
        return true;
    }

    private string? Keep(string key, string? value)
    {
        if (value is not null && PluginCatalogue.Default.Vocabulary.KnowsValue(Node.KindName, key))
            _values[key] = value;
        return value;
    }

    /// <summary>Whoever made the network of a node available says so in the reason.</summary>
    private void ReadCondition(ManifestTokenReader tokens)
    {
        string? type = null, status = null, reason = null;
        QuietWalk.EachField(tokens, name =>
        {
            switch (name)
            {
                case "type":
                    type = QuietWalk.Text(tokens);
                    return true;
                case "status":
                    status = QuietWalk.Text(tokens);
                    return true;
                case "reason":
                    reason = QuietWalk.Text(tokens);
                    return true;
                default:
                    return false;
            }
        });
        if (type == "NetworkUnavailable" && status == "False" && reason is not null)
            _values[PluginTrace.NetworkAvailableReason] = reason;
    }

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
