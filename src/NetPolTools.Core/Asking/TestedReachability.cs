using NetPolTools.Explaining;
using NetPolTools.Reachability;
using NetPolTools.Sets;

namespace NetPolTools.Asking;

/// <summary>Whether one end may reach another, with the reasons on request.</summary>
public sealed class TestedReachability
{
    private readonly ReachabilityMap _map;
    private readonly ReachabilityAnswer _answer;
    private readonly PortSet _asked;

    internal TestedReachability(ReachabilityMap map, ReachabilityAnswer answer, PortSet asked)
    {
        _map = map;
        _answer = answer;
        _asked = asked;
    }

    /// <inheritdoc cref="ReachabilityAnswer.IsAllowed"/>
    public bool IsAllowed => _answer.IsAllowed;

    /// <inheritdoc cref="ReachabilityAnswer.Ports"/>
    public PortSet Ports => _answer.Ports;

    /// <inheritdoc cref="ReachabilityAnswer.Because"/>
    public string? Because => _answer.Because;

    /// <summary>Which rules of which policies allow it, or what the nearest rules lack. Costs more than the answer.</summary>
    public Explanation Explain() => new Explainer(_map).Explain(_answer.Example.Source, _answer.Example.Destination, _asked);
}
