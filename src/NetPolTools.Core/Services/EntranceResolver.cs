using NetPolTools.Diagnostics;
using NetPolTools.Objects;
using NetPolTools.Sets;

namespace NetPolTools.Services;

/// <summary>Finds the pods behind the Services that an Ingress or route names.</summary>
public sealed class EntranceResolver(ServiceResolver services)
{
    public EntranceTargets Resolve(Entrance entrance)
    {
        var pods = new List<ServicePod>();
        var problems = new List<Diagnostic>();
        foreach (var backend in entrance.Backends)
        {
            if (services.Find(backend.Namespace, backend.Service) is not { } service)
            {
                AddProblem(DiagnosticId.EntranceLeadsNowhere, $"It leads to Service {backend.Namespace}/{backend.Service}, which is not in the input.");
                continue;
            }

            // What leads outside again is no traffic to pods.
            var found = FindPods(entrance, service, backend, AddProblem);
            if (found.WhyNowhere is { } why)
                AddProblem(DiagnosticId.EntranceLeadsNowhere, $"It leads to {service.Reference}, which leads nowhere: {why}.");
            pods.AddRange(found.Pods);
        }

        return new EntranceTargets(entrance, pods, problems);

        void AddProblem(DiagnosticId id, string message) =>
            problems.Add(new Diagnostic(id, DiagnosticSeverity.Warning, message) { Object = entrance.Reference, Location = entrance.Location });
    }

    private ServiceTargets FindPods(Entrance entrance, Service service, EntranceBackend backend, Action<DiagnosticId, string> addProblem)
    {
        if (backend.Port is not { } asked || service.ExternalName is not null)
            return services.Resolve(service, service.Ports);
        if (backend.IsPodPort && asked.Name is null)
            return OnPodPort(services.Resolve(service, service.Ports), asked.Number);

        var ports = service.Ports.Where(port => asked.Name is { } name ? port.Name == name : port.Port == asked.Number).ToArray();
        if (ports.Length > 0)
            return services.Resolve(service, ports);

        // The API means a port of the Service; for an Ingress, ingress-nginx also takes a target port.
        var byTarget = entrance.Kind != Entrance.Ingress ? [] : service.Ports.Where(port => port.TargetPort == asked).ToArray();
        if (byTarget.Length == 0)
            return new ServiceTargets(service) { WhyNowhere = $"it has no port {asked}{Instead(service)}" };
        addProblem(
            DiagnosticId.UnknownServicePort,
            $"It leads to port {asked} of {service.Reference}, which is the target port behind its port {byTarget[0].Port}. "
                + $"ingress-nginx takes that as well; write {byTarget[0].Port} for every controller.");
        return services.Resolve(service, byTarget);
    }

    private static ServiceTargets OnPodPort(ServiceTargets targets, int port)
    {
        if (targets.WhyNowhere is not null)
            return targets;
        ServicePod[] open = [.. targets.Pods
            .Select(pod => pod with { Ports = OnlyPort(pod.Ports, port) })
            .Where(static pod => !pod.Ports.IsEmpty)];
        return open.Length > 0 ? targets with { Pods = open } : new ServiceTargets(targets.Service) { WhyNowhere = $"none of its target ports is {port}" };
    }

    private static PortSet OnlyPort(PortSet ports, int port) => port is < PortSet.MinPort or > PortSet.MaxPort
        ? PortSet.None
        : Protocols.WithPorts.Select(protocol => PortSet.Of(protocol, port)).Aggregate(static (a, b) => a.Union(b)).Intersect(ports);

    private static string Instead(Service service) => service.Ports.Count == 0
        ? ""
        : $"; it has {string.Join(", ", service.Ports.Select(static port => port.Name.Length > 0 ? $"{port.Port} ({port.Name})" : $"{port.Port}"))}";
}
