using NetPolTools.Objects;
using NetPolTools.Text;

namespace NetPolTools.Reading.Kinds;

/// <summary>Reads the Services that an HTTPRoute, GRPCRoute or TLSRoute leads to, those it mirrors requests to among them.</summary>
internal sealed class GatewayRouteDraft(string kind) : ObjectDraft
{
    private const string GatewayKind = "Gateway";

    private readonly List<(string? Namespace, string Service, PortNumberOrName? Port)> _backends = [];
    private readonly List<string> _gateways = [];
    private bool _isOfMesh;

    public override void ReadField(string name, FieldReader fields)
    {
        if (name == "spec")
            fields.EachField("a map with parentRefs and rules", field => ReadSpecField(field, fields));
        else
            base.ReadField(name, fields);
    }

    public override KubernetesObject? Build(BindingContext context, ObjectMetadata metadata, SourceLocation location)
    {
        // A route of a service mesh has a Service for its parent: it turns what pods say to each other, and nothing comes in by it.
        var isEntrance = _gateways.Count > 0 || !_isOfMesh;
        return new Entrance(kind, metadata)
        {
            Backends = isEntrance
                ? [.. _backends.Select(backend => new EntranceBackend(backend.Namespace ?? metadata.Namespace!, backend.Service, backend.Port)).Distinct()]
                : [],
            Gateways = _gateways,
        };
    }

    private bool ReadSpecField(string name, FieldReader fields)
    {
        switch (name)
        {
            case "parentRefs":
                fields.EachItem("a list of parents, each with a dash", () => ReadParent(fields));
                return true;
            case "rules":
                fields.EachItem("a list of rules, each with a dash", () => ReadRule(fields));
                return true;
            default:
                return false;
        }
    }

    private void ReadParent(FieldReader fields)
    {
        var parentKind = GatewayKind;
        string? name = null;
        fields.EachField("a map with name", field =>
        {
            switch (field)
            {
                case "kind":
                    parentKind = fields.String() ?? parentKind;
                    return true;
                case "name":
                    name = fields.String();
                    return true;
                default:
                    return false;
            }
        });
        if (parentKind == Service.KindName)
            _isOfMesh = true;
        else if (parentKind == GatewayKind && name is not null)
            _gateways.Add(name);
    }

    private void ReadRule(FieldReader fields) => fields.EachField("a map with backendRefs", field =>
    {
        switch (field)
        {
            case "backendRefs":
                fields.EachItem("a list of backends, each with a dash", () => ReadBackend(fields));
                return true;
            case "filters":
                ReadFilters(fields);
                return true;
            default:
                return false;
        }
    });

    private void ReadFilters(FieldReader fields) => fields.EachItem("a list of filters, each with a dash", () => fields.EachField("a map with type", field =>
    {
        if (field != "requestMirror")
            return false;
        fields.EachField("a map with backendRef", inner =>
        {
            if (inner != "backendRef")
                return false;
            ReadBackend(fields);
            return true;
        });
        return true;
    }));

    private void ReadBackend(FieldReader fields)
    {
        var backendKind = Service.KindName;
        string? group = null, ns = null, name = null;
        PortNumberOrName? port = null;
        fields.EachField("a map with name and port", field =>
        {
            switch (field)
            {
                case "group":
                    group = fields.String();
                    return true;
                case "kind":
                    backendKind = fields.String() ?? backendKind;
                    return true;
                case "namespace":
                    ns = fields.String();
                    return true;
                case "name":
                    name = fields.String();
                    return true;
                case "port":
                    port = fields.Integer() is { } number ? new PortNumberOrName(number, null) : null;
                    return true;
                case "filters":
                    ReadFilters(fields);
                    return true;
                default:
                    return false;
            }
        });
        if (string.IsNullOrEmpty(group) && backendKind == Service.KindName && name is not null)
            _backends.Add((string.IsNullOrEmpty(ns) ? null : ns, name, port));
    }
}
