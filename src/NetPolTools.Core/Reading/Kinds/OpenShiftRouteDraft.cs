using NetPolTools.Objects;
using NetPolTools.Text;

namespace NetPolTools.Reading.Kinds;

/// <summary>Reads the Services that a Route (route.openshift.io) leads to. Its router speaks to the Service's endpoints themselves.</summary>
internal sealed class OpenShiftRouteDraft : ObjectDraft
{
    private readonly List<string> _services = [];
    private PortNumberOrName? _port;

    public override void ReadField(string name, FieldReader fields)
    {
        if (name == "spec")
            fields.EachField("a map with to", field => ReadSpecField(field, fields));
        else
            base.ReadField(name, fields);
    }

    public override KubernetesObject Build(BindingContext context, ObjectMetadata metadata, SourceLocation location) => new Entrance(Entrance.Route, metadata)
    {
        Backends = [.. _services.Select(service => new EntranceBackend(metadata.Namespace!, service, _port, IsPodPort: true)).Distinct()],
    };

    private bool ReadSpecField(string name, FieldReader fields)
    {
        switch (name)
        {
            case "to":
                ReadTarget(fields);
                return true;
            case "alternateBackends":
                fields.EachItem("a list of backends, each with a dash", () => ReadTarget(fields));
                return true;
            case "port":
                fields.EachField("a map with targetPort", field =>
                {
                    if (field != "targetPort")
                        return false;
                    _port = fields.PortNumberOrName();
                    return true;
                });
                return true;
            default:
                return false;
        }
    }

    private void ReadTarget(FieldReader fields)
    {
        string? name = null;
        fields.EachField("a map with kind and name", field =>
        {
            if (field != "name")
                return false;
            name = fields.String();
            return true;
        });

        // Only the kind Service is allowed, and it is the default.
        if (name is not null)
            _services.Add(name);
    }
}
