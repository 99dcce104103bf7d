using NetPolTools.Isolation;

namespace NetPolTools.Asking;

/// <summary>How many there are of what a report is about.</summary>
public sealed record ReportFigures
{
    public required int Namespaces { get; init; }

    /// <summary>Pods of one workload that policies tell apart are counted each.</summary>
    public required int Workloads { get; init; }

    /// <summary>Of every kind that is evaluated.</summary>
    public required int Policies { get; init; }

    /// <summary>Workloads that no policy keeps any source away from.</summary>
    public int OpenToReceive { get; init; }

    /// <summary>Workloads that no policy keeps away from any destination.</summary>
    public int OpenToSend { get; init; }

    /// <summary>Both.</summary>
    public int WideOpen { get; init; }

    /// <summary>Workloads on the host network, which no policy isolates; they are not among the open ones.</summary>
    public int HostNetwork { get; init; }

    /// <summary>Lines of the listing; null where it was left out.</summary>
    public int? Connections { get; init; }

    internal static ReportFigures Of(int namespaces, int policies, IEnumerable<WorkloadIsolation> workloads)
    {
        int all = 0, receive = 0, send = 0, both = 0, host = 0;
        foreach (var isolation in workloads)
        {
            all++;
            if (isolation.IsHostNetwork)
            {
                host++;
                continue;
            }

            var (isOpenIn, isOpenOut) = (isolation.Ingress.State == IsolationState.Open, isolation.Egress.State == IsolationState.Open);
            receive += isOpenIn ? 1 : 0;
            send += isOpenOut ? 1 : 0;
            both += isOpenIn && isOpenOut ? 1 : 0;
        }

        return new ReportFigures
        {
            Namespaces = namespaces,
            Workloads = all,
            Policies = policies,
            OpenToReceive = receive,
            OpenToSend = send,
            WideOpen = both,
            HostNetwork = host,
        };
    }
}
