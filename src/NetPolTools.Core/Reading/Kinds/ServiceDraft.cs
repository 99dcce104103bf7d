using NetPolTools.Objects;
using NetPolTools.Sets;
using NetPolTools.Text;

namespace NetPolTools.Reading.Kinds;

/// <summary>Reads a Service: whom it leads to, and on which ports.</summary>
internal sealed class ServiceDraft : ObjectDraft
{
    private const string NoClusterIP = "None";

    private readonly List<ServicePort> _ports = [];
    private List<KeyValuePair<string, string>>? _selector;
    private readonly List<NetAddress> _clusterIPs = [];
    private bool _isHeadless;
    private string? _type;
    private string? _externalName;
    private bool _publishNotReadyAddresses;
    private bool _keepsClientAddresses;
    private List<string> _families = [];

    public override void ReadField(string name, FieldReader fields)
    {
        if (name == "spec")
            fields.EachField("a map with selector and ports", field => ReadSpecField(field, fields));
        else
            base.ReadField(name, fields);
    }

    public override KubernetesObject Build(BindingContext context, ObjectMetadata metadata, SourceLocation location) => new Service(metadata)
    {
        Selector = _selector is { Count: > 0 } labels ? new LabelSelector { MatchLabels = labels } : null,
        Ports = _ports,
        IsHeadless = _isHeadless,
        ClusterIPs = _clusterIPs,
        ExternalName = _type == "ExternalName" ? _externalName ?? "" : null,
        IsOpenedToOutside = _type is "NodePort" or "LoadBalancer",
        PublishNotReadyAddresses = _publishNotReadyAddresses,
        KeepsClientAddresses = _keepsClientAddresses,
        IPFamilies = _families,
    };

    private bool ReadSpecField(string name, FieldReader fields)
    {
        switch (name)
        {
            case "selector":
                _selector = fields.StringMap("a map of label keys and values");
                return true;
            case "ports":
                fields.EachItem("a list of ports, each with a dash", () => ReadPort(fields));
                return true;
            case "clusterIP":
                ReadClusterIP(fields);
                return true;
            case "clusterIPs":
                fields.EachItem("a list of addresses", () => ReadClusterIP(fields));
                return true;
            case "type":
                _type = fields.String();
                return true;
            case "externalName":
                _externalName = fields.String();
                return true;
            case "publishNotReadyAddresses":
                _publishNotReadyAddresses = fields.Boolean() == true;
                return true;
            case "externalTrafficPolicy":
                _keepsClientAddresses = QuietWalk.Text(fields.Tokens) == "Local";
                return true;
            case "ipFamilies":
                _families = QuietWalk.Texts(fields.Tokens);
                return true;
            default:
                return false;
        }
    }

    /// <summary>The first of clusterIPs is clusterIP.</summary>
    private void ReadClusterIP(FieldReader fields)
    {
        var text = fields.String();
        _isHeadless |= text == NoClusterIP;
        if (NetAddress.TryParse(text, out var address) && !_clusterIPs.Contains(address))
            _clusterIPs.Add(address);
    }

    private void ReadPort(FieldReader fields)
    {
        string? name = null;
        var port = 0;
        PortNumberOrName? target = null;
        var protocol = Protocol.TCP;
        fields.EachField("a map with port", field =>
        {
            switch (field)
            {
                case "name":
                    name = fields.String();
                    return true;
                case "port":
                    port = fields.Integer() ?? 0;
                    return true;
                case "targetPort":
                    target = fields.PortNumberOrName();
                    return true;
                case "protocol":
                    protocol = ProtocolReader.Read(fields);
                    return true;
                default:
                    return false;
            }
        });

        // The server fills in an absent target as the port itself, and reads 0 and "" as absent.
        if (target is null or { Number: 0, Name: null or "" })
            target = new PortNumberOrName(port, null);
        _ports.Add(new ServicePort(name ?? "", port, target.Value, protocol));
    }
}
