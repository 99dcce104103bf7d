using NetPolTools.Objects;

namespace NetPolTools.Reading.Kinds;

/// <summary>Reads the pod template of a workload; a CronJob keeps it one level deeper.</summary>
internal sealed class WorkloadDraft(string kind, BindingContext context) : ObjectDraft
{
    private readonly MetadataDraft _template = new();
    private PodSpec _spec = PodSpec.Empty;

    public override void ReadField(string name, FieldReader fields)
    {
        if (name == "spec")
            ReadSpec(fields);
        else
            base.ReadField(name, fields);
    }

    public override KubernetesObject Build(BindingContext context, ObjectMetadata metadata, SourceLocation location) => new Workload(kind, metadata)
    {
        TemplateLabels = context.Labels(_template.Labels),
        Template = _spec,
    };

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
                _spec = PodSpecReader.Read(fields, context);
            else
                fields.Skip();
        }
    }
}
