using NetPolTools.Objects;
using NetPolTools.Policies;
using NetPolTools.Reading;
using NetPolTools.Validation;

namespace NetPolTools.Dialects.Calico;

/// <summary>Reads a host endpoint.</summary>
internal sealed class CalicoHostEndpointDraft(PolicyResource resource) : CalicoDraft(CalicoKind.HostEndpoint, resource)
{
    private CalicoHostEndpoint _read = new(ObjectMetadata.Empty);

    protected override CalicoObject Make(ObjectMetadata metadata, string writtenName) => _read with { Metadata = metadata };

    protected override void ReadSpec(FieldReader fields)
    {
        if (!fields.EnterObject("a map with node, interfaceName and expectedIPs"))
            return;
        while (fields.NextField(out var name))
        {
            switch (name)
            {
                case "node":
                    _read = _read with { Node = fields.String() };
                    break;
                case "interfaceName":
                    _read = _read with { InterfaceName = fields.String() };
                    break;
                case "expectedIPs":
                    _read = _read with { ExpectedIPs = fields.Strings("a list of addresses") ?? [] };
                    break;
                case "profiles":
                    _read = _read with { Profiles = fields.Strings("a list of names of profiles") ?? [] };
                    break;
                case "ports":
                    _read = _read with { Ports = ReadPorts(fields) };
                    break;
                default:
                    fields.Unknown(
                        $"Unknown field '{Excerpt.Of(name)}' in spec of a HostEndpoint; expected node, interfaceName, expectedIPs, profiles or ports.");
                    break;
            }
        }
    }

    protected override bool IsSpecField(string name) => name is "node" or "interfaceName" or "expectedIPs" or "profiles" or "ports";

    private static List<CalicoEndpointPort> ReadPorts(FieldReader fields)
    {
        var ports = new List<CalicoEndpointPort>();
        fields.EachItem("a list of ports, each with name, protocol and port", () => ports.Add(ReadPort(fields)));
        return ports;
    }

    private static CalicoEndpointPort ReadPort(FieldReader fields)
    {
        var port = new CalicoEndpointPort("", null, 0);
        if (!fields.EnterObject("a map with name, protocol and port"))
            return port;
        while (fields.NextField(out var name))
        {
            if (name == "name")
                port = port with { Name = fields.String() ?? "" };
            else if (name == "protocol")
                port = port with { Protocol = CalicoPortReader.ReadProtocol(fields) };
            else if (name == "port")
                port = port with { Port = fields.Integer() ?? 0 };
            else
                fields.Unknown($"Unknown field '{Excerpt.Of(name)}' in this port; expected name, protocol or port.");
        }

        return port;
    }
}
