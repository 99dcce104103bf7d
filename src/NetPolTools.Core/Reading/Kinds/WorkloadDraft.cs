using NetPolTools.Cni.Catalogue;
using NetPolTools.Objects;
using NetPolTools.Text;

namespace NetPolTools.Reading.Kinds;

/// <summary>Reads the pod template of a workload; a CronJob keeps it one level deeper. An Argo Rollout may refer to the Deployment that has it.</summary>
internal sealed class WorkloadDraft(string kind, BindingContext context) : ObjectDraft
{
    private readonly MetadataDraft _template = new();
    private readonly PluginContainerReader? _plugin = kind is "DaemonSet" or "Deployment" ? new PluginContainerReader(PluginCatalogue.Default.Vocabulary)
        : null;
    private PodSpec _spec = PodSpec.Empty;
    private int? _desired;
    private int? _ready;
    private int? _replicas;
    private int _firstOrdinal;
    private bool _hasManualSelector;
    private bool _isFinished;
    private bool _isElsewhere;

    public override void ReadField(string name, FieldReader fields)
    {
        if (name == "spec")
            ReadSpec(fields);
        else if (name == "status" && _plugin is not null)
            ReadStatus(fields.Tokens);
        else if (name == "status" && kind == Workload.Job)
            ReadJobStatus(fields.Tokens);
        else
            base.ReadField(name, fields);
    }

    public override KubernetesObject? Build(BindingContext context, ObjectMetadata metadata, SourceLocation location)
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

        // The template is that of another workload, which stands for the pods.
        if (_isElsewhere)
            return null;
        return new Workload(kind, metadata)
        {
            TemplateLabels = WithLabelsOfController(labels, metadata),
            Template = _spec,
            Replicas = _replicas,
            FirstOrdinal = _firstOrdinal,
            IsFinished = _isFinished,
        };
    }

    /// <summary>A Job with a selector of its own gets no labels; the end of a generated name is not known.</summary>
    private LabelSet WithLabelsOfController(LabelSet labels, ObjectMetadata metadata) => kind switch
    {
        Workload.Job when !_hasManualSelector && !metadata.IsNameGenerated => WithIfAbsent(
            WithIfAbsent(labels, ControllerLabels.JobName, metadata.Name), ControllerLabels.OldJobName, metadata.Name),
        "Service" => WithIfAbsent(labels, ControllerLabels.KnativeService, metadata.Name),
        "DeploymentConfig" => WithIfAbsent(labels, "deploymentconfig", metadata.Name),
        _ => labels,
    };

    private static LabelSet WithIfAbsent(LabelSet labels, string key, string value) => labels.TryGet(key, out _) ? labels : labels.With(key, value);

    private void ReadJobStatus(ManifestTokenReader tokens) => QuietWalk.EachField(tokens, name =>
    {
        if (name != "conditions")
            return false;
        QuietWalk.EachItem(tokens, () =>
        {
            string? type = null, status = null;
            QuietWalk.EachField(tokens, field =>
            {
                if (field == "type")
                    type = QuietWalk.Text(tokens);
                else if (field == "status")
                    status = QuietWalk.Text(tokens);
                else
                    return false;
                return true;
            });
            _isFinished |= type is "Complete" or "Failed" && status == "True";
        });
        return true;
    });

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
            else if (name == "jobTemplate" && kind == Workload.CronJob)
                ReadJobTemplate(fields);
            else if (name == "replicas")
                _replicas = int.TryParse(QuietWalk.Text(fields.Tokens), out var replicas) ? replicas : null;
            else if (name == "ordinals" && kind == Workload.StatefulSet)
                ReadOrdinals(fields.Tokens);
            else if (name == "manualSelector" && kind == Workload.Job)
                _hasManualSelector = QuietWalk.Text(fields.Tokens) == "true";
            else if (name == "workloadRef" && kind == "Rollout")
                PassReference(fields);
            else
                fields.Skip();
        }
    }

    private void PassReference(FieldReader fields)
    {
        _isElsewhere = fields.Kind == ManifestTokenKind.ObjectStart;
        fields.Skip();
    }

    private void ReadOrdinals(ManifestTokenReader tokens) => QuietWalk.EachField(tokens, name =>
    {
        if (name != "start")
            return false;
        _firstOrdinal = int.TryParse(QuietWalk.Text(tokens), out var first) ? first : 0;
        return true;
    });

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
                _spec = PodSpecReader.ReadWhole(fields, context, _plugin);
            else
                fields.Skip();
        }
    }
}
