using NetPolTools.Explaining;
using NetPolTools.Reachability;
using NetPolTools.Sets;

namespace NetPolTools.Asking;

/// <summary>Whether one end may reach another, with the reasons on request.</summary>
public sealed class TestedReachability
{
    private readonly ReachabilityMap _map;
    private readonly ReachabilityAnswer _answer;

    internal TestedReachability(ReachabilityMap map, ReachabilityAnswer answer)
    {
        _map = map;
        _answer = answer;
    }

    /// <inheritdoc cref="ReachabilityAnswer.IsAllowed"/>
    public bool IsAllowed => _answer.IsAllowed;

    /// <inheritdoc cref="ReachabilityAnswer.Ports"/>
    public PortSet Ports => _answer.Ports;

    /// <inheritdoc cref="ReachabilityAnswer.Because"/>
    public string? Because => _answer.Because;

    /// <inheritdoc cref="ReachabilityAnswer.ServicePods"/>
    public (int Reached, int All)? ServicePods => _answer.ServicePods;

    /// <inheritdoc cref="ReachabilityAnswer.Notes"/>
    public IReadOnlyList<string> Notes => _answer.Notes;

    /// <inheritdoc cref="ReachabilityAnswer.Doubts"/>
    public IReadOnlyList<AnswerDoubt> Doubts => _answer.Doubts;

    /// <summary>Which rules of which policies allow it, or what the nearest rules lack. Costs more than the answer.</summary>
    public Explanation Explain() => new Explainer(_map).Explain(_answer.Example.Source, _answer.Example.Destination, _answer.AskedPorts);
}
