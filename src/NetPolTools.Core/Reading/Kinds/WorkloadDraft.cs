using NetPolTools.Cni.Catalogue;
using NetPolTools.Objects;
using NetPolTools.Text;

namespace NetPolTools.Reading.Kinds;

/// <summary>Reads the pod template of a workload; a CronJob keeps it one level deeper.</summary>
internal sealed class WorkloadDraft(string kind, BindingContext context) : ObjectDraft
{
    private readonly MetadataDraft _template = new();
    private readonly PluginContainerReader? _plugin = kind is "DaemonSet" or "Deployment" ? new PluginContainerReader(PluginCatalogue.Default.Vocabulary) : null;
    private PodSpec _spec = PodSpec.Empty;
    private int? _desired;
    private int? _ready;

    public override void ReadField(string name, FieldReader fields)
    {
        if (name == "spec")
            ReadSpec(fields);
        else if (name == "status" && _plugin is not null)
            ReadStatus(fields.Tokens);
        else
            base.ReadField(name, fields);
    }

    public override KubernetesObject Build(BindingContext context, ObjectMetadata metadata, SourceLocation location)
    {
        var labels = _template.Labels;
        if (_plugin is not null && PluginCatalogue.Default.Vocabulary.KnowsWorkload(metadata.Name, _plugin.Containers))
        {
            context.Add(new PluginTrace(kind, metadata with { Labels = labels })
            {
                Containers = _plugin.Containers,
                Desired = _desired,
                Ready = _ready ?? (_desired is null ? null : 0),
                Location = location,
            });
        }

        return new Workload(kind, metadata) { TemplateLabels = labels, Template = _spec };
    }

    /// <summary>The server leaves out a count of none where it is optional.</summary>
    private void ReadStatus(ManifestTokenReader tokens) => QuietWalk.EachField(tokens, name =>
    {
        switch (name)
        {
            case "desiredNumberScheduled" or "replicas":
                _desired = int.TryParse(QuietWalk.Text(tokens), out var desired) ? desired : null;
                return true;
            case "numberReady" or "readyReplicas":
                _ready = int.TryParse(QuietWalk.Text(tokens), out var ready) ? ready : null;
                return true;
            default:
                return false;
        }
    });

    private void ReadSpec(FieldReader fields)
    {
        if (!fields.EnterObject("a map with a pod template"))
            return;
        while (fields.NextField(out var name))
        {
            if (name == "template")
                ReadTemplate(fields);
            else if (name == "jobTemplate" && kind == "CronJob")
                ReadJobTemplate(fields);
            else
                fields.Skip();
        }
    }

    private void ReadJobTemplate(FieldReader fields)
    {
        if (!fields.EnterObject("a map with the Job's spec"))
            return;
        while (fields.NextField(out var name))
        {
            if (name == "spec")
                ReadSpec(fields);
            else
                fields.Skip();
        }
    }

    private void ReadTemplate(FieldReader fields)
    {
        if (!fields.EnterObject("a pod template with metadata and spec"))
            return;
        while (fields.NextField(out var name))
        {
            if (name == "metadata")
                _template.Read(fields);
            else if (name == "spec")
                _spec = PodSpecReader.Read(fields, context, _plugin);
            else
                fields.Skip();
        }
    }
}
