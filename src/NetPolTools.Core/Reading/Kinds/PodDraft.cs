using NetPolTools.Cni.Catalogue;
using NetPolTools.Diagnostics;
using NetPolTools.Objects;
using NetPolTools.Sets;
using NetPolTools.Text;

namespace NetPolTools.Reading.Kinds;

/// <summary>Reads a Pod: its spec, and of its status the phase, the addresses and whether it is ready.</summary>
internal sealed class PodDraft(BindingContext context) : ObjectDraft
{
    private PodSpec _spec = PodSpec.Empty;
    private string? _phase;
    private bool _isReady = true;
    private NetAddress[] _podIP = [];
    private NetAddress[] _podIPs = [];
    private NetAddress[] _hostIP = [];
    private NetAddress[] _hostIPs = [];
    private PluginContainerReader? _plugin;

    public override void ReadField(string name, FieldReader fields)
    {
        if (name == "spec")
        {
            // Only pods in the namespaces of network plugins are worth a look at their containers.
            _plugin = Metadata.Namespace is { } ns && PluginCatalogue.Default.Vocabulary.KnowsNamespace(ns)
                ? new PluginContainerReader(PluginCatalogue.Default.Vocabulary) : null;
            _spec = Metadata.Controller is null ? PodSpecReader.ReadWhole(fields, context, _plugin) : PodSpecReader.Read(fields, context, _plugin);
        }
        else if (name == "status")
            ReadStatus(fields);
        else
            base.ReadField(name, fields);
    }

    public override KubernetesObject Build(BindingContext context, ObjectMetadata metadata, SourceLocation location)
    {
        var mayBePlugin = _plugin is not null && _phase is not ("Succeeded" or "Failed");
        if (mayBePlugin && PluginCatalogue.Default.Vocabulary.KnowsWorkload(metadata.Controller?.Name, _plugin!.Containers))
        {
            context.Add(new PluginTrace(Pod.KindName, metadata)
            {
                Containers = _plugin.Containers,
                Ready = _phase is null ? null : _isReady ? 1 : 0,
                Location = location,
            });
        }

        return new Pod(metadata)
        {
            Spec = _spec,
            Phase = _phase,
            IsReady = _isReady,
            Addresses = _podIPs.Length > 0 ? _podIPs : _podIP,
            HostAddresses = _hostIPs.Length > 0 ? context.Shared.Share(_hostIPs) : _hostIP,
            Location = location,
        };
    }

    private void ReadStatus(FieldReader fields)
    {
        if (!fields.EnterObject("a map"))
            return;
        while (fields.NextField(out var name))
        {
            switch (name)
            {
                case "phase":
                    _phase = fields.String();
                    break;
                case "podIP":
                    _podIP = ReadAddress(fields) is { } podIP ? [podIP] : [];
                    break;
                case "podIPs":
                    _podIPs = ReadAddresses(fields, _podIP);
                    break;
                case "hostIP":
                    _hostIP = ReadAddress(fields) is { } hostIP ? context.Shared.Share(hostIP) : [];
                    break;
                case "hostIPs":
                    _hostIPs = ReadAddresses(fields, _hostIP);
                    break;
                case "conditions":
                    ReadConditions(fields);
                    break;
                default:
                    fields.Skip();
                    break;
            }
        }
    }

    private void ReadConditions(FieldReader fields)
    {
        if (!fields.EnterArray("a list of conditions"))
            return;
        while (fields.NextItem())
        {
            if (!fields.EnterObject("a map with type and status"))
                continue;
            string? type = null, status = null;
            while (fields.NextField(out var name))
            {
                if (name == "type")
                    type = fields.String();
                else if (name == "status")
                    status = fields.String();
                else
                    fields.Skip();
            }

            if (type == "Ready")
                _isReady = status == "True";
        }
    }

    /// <param name="fields">Stands on the list.</param>
    /// <param name="one">The address that stands before the list, which mostly is all that the list has: then it is the list.</param>
    private static NetAddress[] ReadAddresses(FieldReader fields, NetAddress[] one)
    {
        NetAddress[] addresses = [];
        if (!fields.EnterArray("a list of addresses"))
            return addresses;
        while (fields.NextItem())
        {
            if (!fields.EnterObject("a map with ip"))
                continue;
            while (fields.NextField(out var name))
            {
                if (name != "ip")
                    fields.Skip();
                else if (ReadAddress(fields) is { } address && !addresses.Contains(address))
                    addresses = addresses.Length == 0 && one.AsSpan().SequenceEqual([address]) ? one : [.. addresses, address];
            }
        }

        return addresses;
    }

    private static NetAddress? ReadAddress(FieldReader fields)
    {
        // Of hundreds of thousands of addresses nobody wants the text.
        if (fields.Tokens.TryGetUtf8(out var utf8) && NetAddress.TryParse(utf8, out var plain))
            return plain;

        // An empty address is that of a pod that has none yet.
        if (fields.String() is not { Length: > 0 } text)
            return null;
        if (NetAddress.TryParse(text, out var address))
            return address;
        fields.Report(DiagnosticId.InvalidValue, $"'{text}' is not an IP address.");
        return null;
    }
}
