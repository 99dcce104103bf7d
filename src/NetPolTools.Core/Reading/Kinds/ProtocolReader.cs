using NetPolTools.Diagnostics;
using NetPolTools.Sets;

namespace NetPolTools.Reading.Kinds;

/// <summary>Reads the <c>protocol</c> of a port of a container, a Service or an endpoint; absent means TCP.</summary>
internal static class ProtocolReader
{
    public static Protocol Read(FieldReader fields)
    {
        switch (fields.String())
        {
            case null or "" or "TCP":
                return Protocol.TCP;
            case "UDP":
                return Protocol.UDP;
            case "SCTP":
                return Protocol.SCTP;
            case var other:
                fields.Report(DiagnosticId.InvalidValue, $"'{other}' is not supported; expected TCP, UDP or SCTP, in capitals.");
                return Protocol.TCP;
        }
    }
}
