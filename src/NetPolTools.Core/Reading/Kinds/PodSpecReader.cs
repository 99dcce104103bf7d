using NetPolTools.Objects;
using NetPolTools.Sets;

namespace NetPolTools.Reading.Kinds;

/// <summary>Reads a pod's <c>spec</c>, of a Pod or of a template: host network, node, declared ports, and what lint asks about.</summary>
internal static class PodSpecReader
{
    /// <param name="fields">Stands on the spec.</param>
    /// <param name="context">Gives what is shared.</param>
    /// <param name="plugin">Where the pod may be a network plugin's; null where it is not.</param>
    public static PodSpec Read(FieldReader fields, BindingContext context, PluginContainerReader? plugin = null)
    {
        // What a plugin's containers tell is looked for in every pod of it.
        return plugin is not null
            ? ReadSpec(fields, context, plugin, null)
            : fields.Known(fields.Shared.PodSpecs, context, static (fields, context) => ReadSpec(fields, context, null, null))!;
    }

    /// <summary>The same of a template, or of a pod that has none: with what programs connect to and are probed on.</summary>
    public static PodSpec ReadWhole(FieldReader fields, BindingContext context, PluginContainerReader? plugin) => plugin is not null
        ? ReadSpec(fields, context, plugin, new ProgramReader())
        : fields.Known(fields.Shared.WholePodSpecs, context, static (fields, context) => ReadSpec(fields, context, null, new ProgramReader()))!;

    private static PodSpec ReadSpec(FieldReader fields, BindingContext context, PluginContainerReader? plugin, ProgramReader? programs)
    {
        if (!fields.EnterObject("a pod spec with containers"))
            return PodSpec.Empty;

        var hostNetwork = false;
        bool? mountsToken = null;
        string? nodeName = null, account = null, oldAccount = null, dnsPolicy = null;
        var ports = context.PortScratch;
        ports.Clear();
        while (fields.NextField(out var name))
        {
            switch (name)
            {
                case "hostNetwork":
                    hostNetwork = fields.Boolean() == true;
                    break;
                case "nodeName":
                    nodeName = fields.String();
                    break;
                case "serviceAccountName":
                    account = fields.String();
                    break;

                // The name before 1.0; the server keeps both fields alike.
                case "serviceAccount":
                    oldAccount = fields.String();
                    break;
                case "dnsPolicy":
                    dnsPolicy = QuietWalk.Text(fields.Tokens);
                    break;
                case "automountServiceAccountToken":
                    mountsToken = QuietWalk.Text(fields.Tokens) is { } text ? text == "true" : null;
                    break;
                case "containers":
                    ReadContainers(fields, ports, onlyRestartable: false, plugin, programs);
                    break;
                case "initContainers":
                    ReadContainers(fields, ports, onlyRestartable: true, null, programs);
                    break;
                default:
                    fields.Skip();
                    break;
            }
        }

        return new PodSpec
        {
            HostNetwork = hostNetwork,
            NodeName = nodeName,
            ServiceAccount = account is { Length: > 0 } ? account : oldAccount is { Length: > 0 } ? oldAccount : PodSpec.DefaultServiceAccount,
            Ports = context.Ports(ports),
            DnsPolicy = dnsPolicy,
            MountsToken = mountsToken,
            ProbedPorts = programs?.ProbedPorts ?? [],
            Hosts = programs?.Hosts ?? [],
        };
    }

    private static void ReadContainers(
        FieldReader fields, List<ContainerPort> ports, bool onlyRestartable, PluginContainerReader? plugin, ProgramReader? programs)
    {
        if (!fields.EnterArray("a list of containers"))
            return;
        while (fields.NextItem())
        {
            if (!fields.EnterObject("a container: a map with name and image"))
                continue;
            var first = ports.Count;
            var restarts = false;
            plugin?.Begin();
            while (fields.NextField(out var name))
            {
                if (name == "ports")
                    ReadPorts(fields, ports);
                else if (name == "restartPolicy")
                    restarts = fields.String() == "Always";
                else if (programs?.ReadField(name, fields.Tokens, plugin) != true && plugin?.ReadField(name, fields.Tokens) != true)
                    fields.Skip();
            }

            plugin?.End();

            // An init container that ends before the pod runs listens to nobody; one that restarts is a sidecar.
            if (onlyRestartable && !restarts)
                ports.RemoveRange(first, ports.Count - first);
        }
    }

    private static void ReadPorts(FieldReader fields, List<ContainerPort> ports)
    {
        if (!fields.EnterArray("a list of ports, each with a dash"))
            return;
        while (fields.NextItem())
        {
            if (!fields.EnterObject("a map with containerPort"))
                continue;
            string? name = null;
            var number = 0;
            var protocol = Protocol.TCP;
            while (fields.NextField(out var field))
            {
                switch (field)
                {
                    case "name":
                        name = fields.String();
                        break;
                    case "containerPort":
                        number = fields.Integer() ?? 0;
                        break;
                    case "protocol":
                        protocol = ProtocolReader.Read(fields);
                        break;
                    default:
                        fields.Skip();
                        break;
                }
            }

            if (number is >= 1 and <= 65535)
                ports.Add(new ContainerPort(name ?? "", number, protocol));
        }
    }
}
