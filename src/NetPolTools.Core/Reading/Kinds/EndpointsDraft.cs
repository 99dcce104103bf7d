using NetPolTools.Objects;
using NetPolTools.Sets;
using NetPolTools.Text;

namespace NetPolTools.Reading.Kinds;

/// <summary>Reads Endpoints (v1).</summary>
internal sealed class EndpointsDraft : ObjectDraft
{
    private readonly List<EndpointSubset> _subsets = [];

    public override void ReadField(string name, FieldReader fields)
    {
        if (name == "subsets")
            fields.EachItem("a list of subsets, each with a dash", () => ReadSubset(fields));
        else
            base.ReadField(name, fields);
    }

    public override KubernetesObject Build(BindingContext context, ObjectMetadata metadata, SourceLocation location) =>
        new ServiceEndpoints("Endpoints", metadata) { ServiceName = metadata.Name, Subsets = _subsets };

    private void ReadSubset(FieldReader fields)
    {
        var addresses = new List<EndpointAddress>();
        var ports = new List<EndpointPort>();
        fields.EachField("a map with addresses and ports", field =>
        {
            switch (field)
            {
                case "addresses" or "notReadyAddresses":
                    fields.EachItem("a list of addresses, each with a dash", () => addresses.Add(ReadAddress(fields, isReady: field == "addresses")));
                    return true;
                case "ports":
                    fields.EachItem("a list of ports, each with a dash", () => ports.Add(EndpointPortReader.Read(fields)));
                    return true;
                default:
                    return false;
            }
        });
        _subsets.Add(new EndpointSubset(addresses, ports));
    }

    private static EndpointAddress ReadAddress(FieldReader fields, bool isReady)
    {
        string? ip = null, pod = null;
        fields.EachField("a map with ip", field =>
        {
            switch (field)
            {
                case "ip":
                    ip = fields.String();
                    return true;
                case "targetRef":
                    pod = TargetRefReader.ReadPod(fields);
                    return true;
                default:
                    return false;
            }
        });
        return new EndpointAddress(NetAddress.TryParse(ip, out var address) ? address : null, pod, isReady);
    }
}
