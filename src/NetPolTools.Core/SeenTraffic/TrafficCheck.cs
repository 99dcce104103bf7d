using NetPolTools.Authoring.Inference;
using NetPolTools.Explaining;
using NetPolTools.Listing;
using NetPolTools.Sets;

namespace NetPolTools.SeenTraffic;

/// <summary>
/// Seen traffic held against policies, or against two states of them: what would break, by which rule, what opens, and which allowed connections nobody was
/// seen to use.
/// </summary>
public sealed class TrafficCheck
{
    private readonly FlowVerdicts? _before;
    private readonly FlowVerdicts _after;
    private readonly IReadOnlyList<SeenFlow> _flows;
    private readonly Explainer _explainer;
    private readonly Lazy<IReadOnlyList<CheckedFlow>> _checked;

    /// <param name="before">Null where only one state is asked about.</param>
    /// <param name="after">What is, or what is to be.</param>
    /// <param name="flows">Of ends that both states have.</param>
    internal TrafficCheck(FlowVerdicts? before, FlowVerdicts after, IReadOnlyList<SeenFlow> flows)
    {
        _before = before;
        _after = after;
        _flows = flows;
        _explainer = new Explainer(after.Map);
        _checked = new Lazy<IReadOnlyList<CheckedFlow>>(() => [.. flows.SelectMany(Check)
            .OrderBy(static flow => flow.Outcome)
            .ThenBy(static flow => flow.Source.ToString(), StringComparer.Ordinal)
            .ThenBy(static flow => flow.Destination.ToString(), StringComparer.Ordinal)
            .ThenBy(static flow => flow.Ports.ToString(), StringComparer.Ordinal)]);
    }

    /// <summary>All traffic, what breaks first, then by source and destination. Ports with other outcomes are lines of their own.</summary>
    public IReadOnlyList<CheckedFlow> Flows => _checked.Value;

    /// <summary>Whether two states are compared.</summary>
    public bool HasBefore => _before is not null;

    /// <summary>How many lines have an outcome.</summary>
    public int CountOf(FlowOutcome outcome) => Flows.Count(flow => flow.Outcome == outcome);

    /// <summary>Which of some allowed connections nobody was seen to use, or on which ports.</summary>
    /// <param name="connections">A listing by workload of the last state.</param>
    public IEnumerable<Connection> Unused(IEnumerable<Connection> connections) =>
        new UnusedConnections(_after.Map, _flows.Where(static flow => !flow.WasDenied).Select(static flow => flow.Traffic)).Of(connections);

    private IEnumerable<CheckedFlow> Check(SeenFlow flow)
    {
        var (traffic, wasDenied) = flow;
        var after = Of(_after, traffic);
        var before = _before is null ? (FlowVerdict?)null : Of(_before, traffic);
        foreach (var now in Enum.GetValues<Verdict>())
        {
            foreach (var then in before is null ? [null] : Enum.GetValues<Verdict>().Cast<Verdict?>())
            {
                var ports = Ports(after, now, traffic.Ports);
                if (then is { } verdict)
                    ports = ports.Intersect(Ports(before!.Value, verdict, traffic.Ports));
                if (ports.IsEmpty)
                    continue;
                yield return new CheckedFlow(() => _explainer.Explain(after.Example.Source, after.Example.Destination, ports))
                {
                    Source = traffic.Source.Name,
                    Destination = traffic.Destination.Name,
                    Ports = ports,
                    WasDenied = wasDenied,
                    Outcome = Outcome(wasDenied, then, now),
                    Before = then,
                    After = now,
                    Notes = now == Verdict.Denied && !after.DeniedInPart.Intersect(ports).IsEmpty
                        ? ["policies tell its pods apart: it is denied between some of them, and allowed between others"]
                        : [],
                };
            }
        }
    }

    private static FlowOutcome Outcome(bool wasDenied, Verdict? before, Verdict after) => after switch
    {
        Verdict.Denied => wasDenied || before == Verdict.Denied ? FlowOutcome.Stays : FlowOutcome.Breaks,
        Verdict.Allowed => before == Verdict.Denied || (wasDenied && before is null) ? FlowOutcome.Opens : FlowOutcome.Stays,
        _ => before == Verdict.Undetermined ? FlowOutcome.Stays : FlowOutcome.Undetermined,
    };

    private static PortSet Ports(FlowVerdict verdict, Verdict which, PortSet seen) => which switch
    {
        Verdict.Allowed => verdict.Allowed,
        Verdict.Denied => verdict.Denied,
        _ => seen.Except(verdict.Allowed).Except(verdict.Denied),
    };

    private static FlowVerdict Of(FlowVerdicts state, Traffic traffic) =>
        state.Of(state.Find(traffic.Source)!, state.Find(traffic.Destination)!, traffic.Ports);
}
