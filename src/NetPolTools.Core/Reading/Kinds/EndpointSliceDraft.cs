using NetPolTools.Objects;
using NetPolTools.Sets;
using NetPolTools.Text;

namespace NetPolTools.Reading.Kinds;

/// <summary>Reads an EndpointSlice (discovery.k8s.io).</summary>
internal sealed class EndpointSliceDraft : ObjectDraft
{
    private readonly List<EndpointAddress> _addresses = [];
    private readonly List<EndpointPort> _ports = [];

    public override void ReadField(string name, FieldReader fields)
    {
        if (name == "endpoints")
            fields.EachItem("a list of endpoints, each with a dash", () => ReadEndpoint(fields));
        else if (name == "ports")
            fields.EachItem("a list of ports, each with a dash", () => _ports.Add(EndpointPortReader.Read(fields)));
        else
            base.ReadField(name, fields);
    }

    public override KubernetesObject Build(BindingContext context, ObjectMetadata metadata, SourceLocation location) =>
        new ServiceEndpoints("EndpointSlice", metadata)
        {
            ServiceName = metadata.Labels.TryGet(ServiceEndpoints.ServiceNameLabel, out var service) ? service : "",
            Subsets = [new EndpointSubset(_addresses, _ports)],
        };

    private void ReadEndpoint(FieldReader fields)
    {
        List<string>? addresses = null;
        string? pod = null;

        // Whoever consumes a slice takes an unknown condition for ready.
        var isReady = true;
        fields.EachField("a map with addresses", field =>
        {
            switch (field)
            {
                case "addresses":
                    addresses = fields.Strings("a list of addresses");
                    return true;
                case "targetRef":
                    pod = TargetRefReader.ReadPod(fields);
                    return true;
                case "conditions":
                    fields.EachField("a map with ready", condition =>
                    {
                        if (condition != "ready")
                            return false;
                        isReady = fields.Boolean() != false;
                        return true;
                    });
                    return true;
                default:
                    return false;
            }
        });
        foreach (var text in addresses ?? [])
            _addresses.Add(new EndpointAddress(NetAddress.TryParse(text, out var address) ? address : null, pod, isReady));
    }
}
