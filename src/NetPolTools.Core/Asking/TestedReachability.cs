using NetPolTools.Explaining;
using NetPolTools.Reachability;
using NetPolTools.Sets;
using NetPolTools.Text;

namespace NetPolTools.Asking;

/// <summary>Whether some ends may reach others, with the reasons on request.</summary>
public sealed class TestedReachability
{
    private readonly ReachabilityMap _map;
    private readonly ReachabilityAnswer _answer;
    private readonly Lazy<Explanation> _explanation;

    /// <param name="map">Of the cluster.</param>
    /// <param name="answers">
    /// One for each pair of ends that was asked about, at least one. The first that allows something for certain stands for all; or the first that allows
    /// something; or the first.
    /// </param>
    internal TestedReachability(ReachabilityMap map, IReadOnlyList<ReachabilityAnswer> answers)
    {
        _map = map;
        _answer = answers.FirstOrDefault(static answer => answer is { IsAllowed: true, Doubts.Count: 0, Undetermined.IsEmpty: true })
            ?? answers.FirstOrDefault(static answer => answer is { IsAllowed: true, Undetermined.IsEmpty: true })
            ?? answers[0];
        _explanation = new Lazy<Explanation>(() => new Explainer(_map).Explain(_answer.Example.Source, _answer.Example.Destination, _answer.AskedPorts));
        Ports = PortSet.UnionOf([.. answers.Select(static answer => answer.Ports)]);
        Notes = [.. answers.SelectMany(static answer => answer.Notes).Distinct()];
        Doubts = _answer.IsAllowed ? _answer.Doubts : [.. answers.SelectMany(static answer => answer.Doubts).Distinct()];
    }

    private TestedReachability(ReachabilityMap map, string whyNot)
    {
        _map = map;
        _answer = new ReachabilityAnswer(false, PortSet.None, default, whyNot);
        _explanation = new Lazy<Explanation>(static () => throw new InvalidOperationException("Without both ends, there is nothing to explain."));
        (Ports, Notes, Doubts) = (PortSet.None, [], []);
    }

    /// <inheritdoc cref="ReachabilityAnswer.IsAllowed"/>
    public bool IsAllowed => _answer.IsAllowed;

    /// <summary>Those of the ports asked about on which any of the ends may reach any of the others.</summary>
    public PortSet Ports { get; }

    /// <inheritdoc cref="ReachabilityAnswer.Because"/>
    public string? Because => _answer.Because;

    /// <inheritdoc cref="ReachabilityAnswer.ServicePods"/>
    public (int Reached, int All)? ServicePods => _answer.ServicePods;

    /// <inheritdoc cref="ReachabilityAnswer.Notes"/>
    public IReadOnlyList<string> Notes { get; }

    /// <inheritdoc cref="ReachabilityAnswer.Doubts"/>
    public IReadOnlyList<AnswerDoubt> Doubts { get; }

    /// <summary>That of an end that is not there: nobody reaches it, and no policy is asked.</summary>
    /// <param name="map">Of the cluster.</param>
    /// <param name="whyNot">What is missing.</param>
    internal static TestedReachability Without(ReachabilityMap map, string whyNot) => new(map, whyNot);

    /// <summary>Which rules of which policies allow it, or what the nearest rules lack. Costs more than the answer.</summary>
    /// <exception cref="InvalidOperationException">No policy was asked, as an end is not there.</exception>
    public Explanation Explain() => _explanation.Value;

    /// <summary>
    /// The place that decides: the first rule that allows it; or, where it is denied, the rule that comes nearest, or else the policy that isolates an end.
    /// Unknown where no policy decides, or where policies came as objects.
    /// </summary>
    public SourceLocation Location() => Because is null ? Explain().DecidingPlace(IsAllowed) : default;

    /// <summary>The policies that isolate either end in the direction of the question, as <c>namespace/name</c>; none where no policy decides.</summary>
    public IReadOnlyList<string> Policies() => Because is not null
        ? []
        : [.. new[] { Explain().Egress, Explain().Ingress }.SelectMany(static direction => direction.Policies).Select(static policy => policy.Name).Distinct()];
}
