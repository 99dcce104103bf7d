using NetPolTools.Objects;
using NetPolTools.Sets;
using NetPolTools.Text;

namespace NetPolTools.Reading.Kinds;

/// <summary>
/// Reads a KubeVirt virtual machine: one pod runs it, with the labels of the machine and the ports of its interfaces. A VirtualMachineInstance is the
/// machine itself; the other kinds hold a template of it.
/// </summary>
internal sealed class VirtualMachineDraft(string kind) : ObjectDraft
{
    public const string Instance = "VirtualMachineInstance";

    private readonly MetadataDraft _template = new();
    private readonly List<ContainerPort> _ports = [];
    private int? _replicas;

    public override void ReadField(string name, FieldReader fields)
    {
        if (name != "spec")
            base.ReadField(name, fields);
        else if (kind == Instance)
            ReadMachine(fields.Tokens);
        else
            fields.EachField("a map with a template", field => ReadSpecField(field, fields));
    }

    public override KubernetesObject Build(BindingContext context, ObjectMetadata metadata, SourceLocation location)
    {
        var labels = (kind == Instance ? metadata.Labels : _template.Labels).With(ControllerLabels.KubeVirt, "virt-launcher");
        if (kind != "VirtualMachineInstanceReplicaSet")
            labels = labels.With(ControllerLabels.VirtualMachineName, metadata.Name);
        return new Workload(kind, metadata)
        {
            TemplateLabels = labels,
            Template = new PodSpec { Ports = context.Ports(_ports) },
            Replicas = _replicas,
        };
    }

    private bool ReadSpecField(string name, FieldReader fields)
    {
        if (name == "replicas")
        {
            _replicas = int.TryParse(QuietWalk.Text(fields.Tokens), out var replicas) ? replicas : null;
            return true;
        }

        if (name != "template")
            return false;
        fields.EachField("a template with metadata and spec", field =>
        {
            if (field == "metadata")
                _template.Read(fields);
            else if (field == "spec")
                ReadMachine(fields.Tokens);
            else
                return false;
            return true;
        });
        return true;
    }

    private void ReadMachine(ManifestTokenReader tokens) => Below(tokens, "domain", () => Below(tokens, "devices", () => Below(
        tokens, "interfaces", () => QuietWalk.EachItem(tokens, () => Below(tokens, "ports", () => QuietWalk.EachItem(tokens, () => ReadPort(tokens)))))));

    private static void Below(ManifestTokenReader tokens, string field, Action read) => QuietWalk.EachField(tokens, name =>
    {
        if (name != field)
            return false;
        read();
        return true;
    });

    private void ReadPort(ManifestTokenReader tokens)
    {
        string? portName = null, protocol = null;
        var number = 0;
        QuietWalk.EachField(tokens, name =>
        {
            switch (name)
            {
                case "name":
                    portName = QuietWalk.Text(tokens);
                    return true;
                case "port":
                    number = int.TryParse(QuietWalk.Text(tokens), out var read) ? read : 0;
                    return true;
                case "protocol":
                    protocol = QuietWalk.Text(tokens);
                    return true;
                default:
                    return false;
            }
        });
        if (number is >= PortSet.MinPort and <= PortSet.MaxPort && Enum.TryParse<Protocol>(protocol ?? "TCP", out var known)
            && Protocols.WithPorts.Contains(known))
            _ports.Add(new ContainerPort(portName ?? "", number, known));
    }
}
