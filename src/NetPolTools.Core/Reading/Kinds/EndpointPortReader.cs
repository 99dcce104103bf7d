using NetPolTools.Objects;
using NetPolTools.Sets;

namespace NetPolTools.Reading.Kinds;

/// <summary>Reads a port of Endpoints or of an EndpointSlice.</summary>
internal static class EndpointPortReader
{
    public static EndpointPort Read(FieldReader fields)
    {
        string? name = null;
        int? number = null;
        var protocol = Protocol.TCP;
        fields.EachField("a map with port", field =>
        {
            switch (field)
            {
                case "name":
                    name = fields.String();
                    return true;
                case "port":
                    number = fields.Integer();
                    return true;
                case "protocol":
                    protocol = ProtocolReader.Read(fields);
                    return true;
                default:
                    return false;
            }
        });
        return new EndpointPort(name ?? "", number, protocol);
    }
}
