using NetPolTools.Diagnostics;
using NetPolTools.Objects;
using NetPolTools.Policies;
using NetPolTools.Sets;

namespace NetPolTools.Dialects.Calico;

/// <summary>
/// What Services that rules name lead to: the endpoints behind them on the ports of the endpoints, not of the Service. Not thread safe.
/// </summary>
internal sealed class CalicoServices(TranslationContext context)
{
    private readonly Dictionary<(string, string), CalicoEnd[]> _known = [];

    /// <summary>The endpoints, whatever their ports.</summary>
    public EndpointTerm Addresses(CalicoService named, string? ns) => Endpoints(named, ns) switch
    {
        [] => EndpointTerm.Nobody,
        [var one] => one.Who,
        var several => new EndpointTerm.AnyOf([.. several.Select(static end => end.Who)]),
    };

    /// <summary>The endpoints with their ports; none for a Service that the input does not hold.</summary>
    /// <param name="named">As the rule names it.</param>
    /// <param name="ns">Of the policy; null for a global one.</param>
    public CalicoEnd[] Endpoints(CalicoService named, string? ns)
    {
        var isGiven = !string.IsNullOrEmpty(named.Namespace);
        if (named.Name is not { Length: > 0 } name || (isGiven ? named.Namespace : ns) is not { } where)
            return [];
        if (!_known.TryGetValue((where, name), out var found))
            _known.Add((where, name), found = [.. Find(where, name)]);

        // It is documented to be that of the policy, and nothing in Calico fills it in.
        var doubt = $"whether Calico looks for the Service {name}, which has no namespace in the rule, in that of the policy";
        return isGiven ? found : [.. found.Select(end => end with { Who = new EndpointTerm.SomeOf(end.Who, doubt) })];
    }

    private IEnumerable<CalicoEnd> Find(string ns, string name)
    {
        if (context.Snapshot.Services.FirstOrDefault(service => service.Name == name && service.Metadata.Namespace == ns) is not { } service)
        {
            context.Report(new Diagnostic(
                DiagnosticId.ServiceLeadsNowhere,
                DiagnosticSeverity.Warning,
                $"Rules of Calico policies name the Service {ns}/{name}, which the input does not hold: they match nothing."));
            return [];
        }

        return service.Selector is { } selector ? Selected(service, selector) : Listed(service);
    }

    private IEnumerable<CalicoEnd> Selected(Service service, LabelSelector selector)
    {
        PortTerm ports = new PortTerm.AnyOf([.. service.Ports.Select(static port => port.TargetPort.Name is { } name
            ? (PortTerm)new PortTerm.Named(name, port.Protocol)
            : new PortTerm.Range(port.Protocol, port.TargetPort.Number, port.TargetPort.Number))]);
        var ns = service.Metadata.Namespace!;
        var behind = LabelPredicate.Both(LabelPredicate.Of(LabelOwner.Pod, selector), new LabelPredicate.InNamespace(ns));
        yield return new CalicoEnd(new EndpointTerm.Pods(behind), ports);

        // Pods on the network of their node are reached at its address, with the numbers that names have on the pod.
        foreach (var pod in context.Snapshot.Pods.Where(pod =>
            pod.Spec.HostNetwork && !pod.IsFinished && pod.Metadata.Namespace == ns && selector.Matches(pod.Metadata.Labels)))
        {
            PortTerm own = new PortTerm.AnyOf([.. service.Ports.SelectMany(port => Numbers(pod, port)
                .Select(number => new PortTerm.Range(port.Protocol, number, number)))]);
            yield return new CalicoEnd(Of(pod.HostAddresses), own);
        }
    }

    private static IEnumerable<int> Numbers(Pod pod, ServicePort port) => port.TargetPort.Name is { } name
        ? pod.Spec.Ports.Where(declared => declared.Name == name && declared.Protocol == port.Protocol).Select(static declared => declared.Number)
        : [port.TargetPort.Number];

    private IEnumerable<CalicoEnd> Listed(Service service) =>
        from endpoints in context.Snapshot.ServiceEndpoints
        where endpoints.ServiceName == service.Name && endpoints.Metadata.Namespace == service.Metadata.Namespace
        from subset in endpoints.Subsets
        select new CalicoEnd(
            Of(subset.Addresses.Select(static address => address.Address).OfType<NetAddress>()),
            new PortTerm.AnyOf([.. subset.Ports.Select(static port =>
                port.Number is { } number ? new PortTerm.Range(port.Protocol, number, number) : PortTerm.Every(port.Protocol))]));

    private static EndpointTerm.Addresses Of(IEnumerable<NetAddress> addresses) =>
        new([.. addresses.Select(AddressRange.Of)], [], PodMatch.Yes);
}
