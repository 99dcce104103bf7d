namespace NetPolTools.Reachability;

/// <summary>Is told of every decision while the tiers of a subject are walked through.</summary>
internal interface ITierObserver
{
    /// <param name="policy">Whose rule it is.</param>
    /// <param name="rule">That matches, or may.</param>
    /// <param name="before">What is decided already.</param>
    /// <param name="peers">Whom it matches.</param>
    /// <param name="ports">On which ports.</param>
    void Match(CompiledPolicy policy, CompiledRule rule, PeerRegions before, EndpointMatch peers, PortMatch ports);

    /// <param name="denying">The policies that make the tier deny what no rule matches, in order.</param>
    /// <param name="before">What is decided already.</param>
    /// <param name="isCertain">Whether they select the subject for sure.</param>
    void EndTier(CompiledPolicy[] denying, PeerRegions before, bool isCertain);
}
