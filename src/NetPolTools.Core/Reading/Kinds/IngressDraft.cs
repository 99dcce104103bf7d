using NetPolTools.Objects;
using NetPolTools.Text;

namespace NetPolTools.Reading.Kinds;

/// <summary>Reads the Services that an Ingress leads to, in the form of v1 and in the one before.</summary>
internal sealed class IngressDraft : ObjectDraft
{
    /// <summary>How the class was named before there was a field for it; still in use.</summary>
    private const string ClassAnnotation = "kubernetes.io/ingress.class";

    private readonly List<(string Service, PortNumberOrName? Port)> _backends = [];
    private string? _className;
    private string? _annotatedClass;

    public override void ReadField(string name, FieldReader fields)
    {
        if (name == "spec")
            fields.EachField("a map with rules", field => ReadSpecField(field, fields));
        else if (name == "metadata")
            Metadata.Read(fields, ReadOtherMetadata);
        else
            base.ReadField(name, fields);
    }

    public override KubernetesObject Build(BindingContext context, ObjectMetadata metadata, SourceLocation location) => new Entrance(Entrance.Ingress, metadata)
    {
        Backends = [.. _backends.Select(backend => new EntranceBackend(metadata.Namespace!, backend.Service, backend.Port)).Distinct()],
        ClassName = _className ?? _annotatedClass,
    };

    private void ReadOtherMetadata(string name, FieldReader fields)
    {
        if (name != "annotations")
        {
            fields.Skip();
            return;
        }

        fields.EachField("a map of strings", key =>
        {
            if (key != ClassAnnotation)
                return false;
            _annotatedClass = fields.String();
            return true;
        });
    }

    private bool ReadSpecField(string name, FieldReader fields)
    {
        switch (name)
        {
            case "ingressClassName":
                _className = fields.String();
                return true;

            // The default was called backend before v1.
            case "defaultBackend" or "backend":
                ReadBackend(fields);
                return true;
            case "rules":
                fields.EachItem("a list of rules, each with a dash", () => ReadRule(fields));
                return true;
            default:
                return false;
        }
    }

    private void ReadRule(FieldReader fields) => fields.EachField("a map with host and http", field =>
    {
        if (field != "http")
            return false;
        fields.EachField("a map with paths", inner =>
        {
            if (inner != "paths")
                return false;
            fields.EachItem("a list of paths, each with a dash", () => ReadPath(fields));
            return true;
        });
        return true;
    });

    private void ReadPath(FieldReader fields) => fields.EachField("a map with path and backend", field =>
    {
        if (field != "backend")
            return false;
        ReadBackend(fields);
        return true;
    });

    private void ReadBackend(FieldReader fields)
    {
        string? service = null;
        PortNumberOrName? port = null;
        fields.EachField("a map with service", field =>
        {
            switch (field)
            {
                case "service":
                    fields.EachField("a map with name and port", inner =>
                    {
                        switch (inner)
                        {
                            case "name":
                                service = fields.String();
                                return true;
                            case "port":
                                port = ReadPort(fields);
                                return true;
                            default:
                                return false;
                        }
                    });
                    return true;
                case "serviceName":
                    service = fields.String();
                    return true;
                case "servicePort":
                    port = fields.PortNumberOrName();
                    return true;
                default:
                    return false;
            }
        });

        // A backend may be a resource instead, such as a bucket.
        if (service is not null)
            _backends.Add((service, port));
    }

    private static PortNumberOrName? ReadPort(FieldReader fields)
    {
        PortNumberOrName? port = null;
        fields.EachField("a map with number or name", field =>
        {
            switch (field)
            {
                case "number" when fields.Integer() is { } number:
                    port = new PortNumberOrName(number, null);
                    return true;
                case "name" when fields.String() is { } name:
                    port = new PortNumberOrName(0, name);
                    return true;

                // A null, or a wrong value that was passed over.
                case "number" or "name":
                    return true;
                default:
                    return false;
            }
        });
        return port;
    }
}
