using NetPolTools.Diagnostics;
using NetPolTools.Reading;

namespace NetPolTools.Dialects.AdminTiers;

/// <summary>Reads the ports of an admin policy's rule: <c>ports</c> of v1alpha1, <c>protocols</c> of v1alpha2.</summary>
internal sealed class AdminPortReader(AdminPolicyKind kind, FieldReader fields)
{
    private string Expected => kind.HasProtocols ? "tcp, udp, sctp or destinationNamedPort" : "portNumber, portRange or namedPort";

    public List<AdminPort>? Read()
    {
        if (!fields.EnterArray($"a list of {kind.PortsField}, each with a dash"))
            return null;
        var ports = new List<AdminPort>();
        while (fields.NextItem())
            ports.Add(ReadPort());
        return ports;
    }

    private AdminPort ReadPort()
    {
        var port = new AdminPort();
        if (!fields.EnterObject($"a map with {Expected}"))
            return port;
        while (fields.NextField(out var name))
        {
            if (name == kind.PortNameField)
                port = port with { PortName = fields.String() };
            else if (kind.HasProtocols && name is "tcp" or "udp" or "sctp")
                port = ReadProtocol(name) is { } protocol ? port with { Protocols = [.. port.Protocols, protocol] } : port;
            else if (!kind.HasProtocols && name == "portNumber")
                port = port with { PortNumber = ReadNumber() };
            else if (!kind.HasProtocols && name == "portRange")
                port = port with { PortRange = ReadRange(hasProtocol: true) };
            else if (name is "port" or "protocol" or "endPort" or "namedPort" or "portNumber" or "portRange" or "destinationPort" or "destinationNamedPort")
                fields.Unknown($"Unknown field '{name}' in this item of {kind.PortsField}; expected {Expected}.");
            else
                port = Skip(port, name);
        }

        // Alone it may be a port of a later version, which has a meaning; beside another it is a slip.
        if (port is { Unknown: { } slip, MemberCount: > 0 })
            fields.Report(DiagnosticId.UnknownField, $"Unknown field '{slip}' in this item of {kind.PortsField}; expected {Expected}.");
        return port;
    }

    private AdminPort Skip(AdminPort port, string name)
    {
        fields.Skip();
        return port with { Unknown = name };
    }

    private AdminPortNumber? ReadNumber()
    {
        if (!fields.EnterObject("a map with protocol and port"))
            return null;
        string? protocol = null;
        int? port = null;
        while (fields.NextField(out var name))
        {
            if (name == "protocol")
                protocol = fields.String();
            else if (name == "port")
                port = fields.Integer();
            else
                fields.Unknown($"Unknown field '{name}' in portNumber; expected protocol or port.");
        }

        return new AdminPortNumber(protocol, port);
    }

    private AdminPortRange? ReadRange(bool hasProtocol)
    {
        if (!fields.EnterObject(hasProtocol ? "a map with protocol, start and end" : "a map with start and end"))
            return null;
        string? protocol = null;
        int? start = null, end = null;
        while (fields.NextField(out var name))
        {
            if (name == "protocol" && hasProtocol)
                protocol = fields.String();
            else if (name == "start")
                start = fields.Integer();
            else if (name == "end")
                end = fields.Integer();
            else
                fields.Unknown($"Unknown field '{name}' in this range; expected {(hasProtocol ? "protocol, " : "")}start or end.");
        }

        return new AdminPortRange(protocol, start, end);
    }

    private AdminProtocol? ReadProtocol(string protocol)
    {
        if (!fields.EnterObject("a map with destinationPort"))
            return null;
        AdminDestinationPort? port = null;
        while (fields.NextField(out var name))
        {
            if (name == "destinationPort")
                port = ReadDestination();
            else
                fields.Unknown($"Unknown field '{name}' in {protocol}; expected "
                    + $"destinationPort{(name == "destinationNamedPort" ? "; destinationNamedPort stands beside tcp, udp and sctp, not in them." : ".")}");
        }

        return new AdminProtocol(protocol, port);
    }

    private AdminDestinationPort? ReadDestination()
    {
        if (!fields.EnterObject("a map with number or range"))
            return null;
        int? number = null;
        AdminPortRange? range = null;
        while (fields.NextField(out var name))
        {
            if (name == "number")
                number = fields.Integer();
            else if (name == "range")
                range = ReadRange(hasProtocol: false);
            else
                fields.Unknown($"Unknown field '{name}' in destinationPort; expected number or range.");
        }

        return new AdminDestinationPort(number, range);
    }
}
