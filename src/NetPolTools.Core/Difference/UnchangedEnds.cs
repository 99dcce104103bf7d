using NetPolTools.Objects;
using NetPolTools.Reachability;

namespace NetPolTools.Difference;

/// <summary>
/// Which ends of a comparison send, or receive, as before: the same pods under rules that say the same of every pod that both sides have, and of every address
/// outside where both tell the same ones apart. A connection can only have changed where its source does not send as before or its destination does not
/// receive as before. An end about which this is not sure counts as changed, and is then compared connection by connection.
/// </summary>
internal sealed class UnchangedEnds
{
    /// <summary>Of fewer, both directions are compared in the time another thread needs to wake up.</summary>
    private const int FewestEnds = 1000;

    private readonly bool[] _haveSamePods;
    private readonly bool[] _sends;
    private readonly bool[] _receives;

    private UnchangedEnds(bool[] haveSamePods, bool[] sends, bool[] receives, MatchedEndpoints matched)
    {
        _haveSamePods = haveSamePods;
        _sends = sends;
        _receives = receives;
        Matched = matched;
    }

    public MatchedEndpoints Matched { get; }

    /// <summary>Whether an end that sends or receives as before does so with addresses outside and with named ends, too.</summary>
    public bool CoverOutside => Matched.CoversOutside;

    /// <summary>Whether an end is there on both sides, and has the same pods.</summary>
    public bool HasSamePods(int end) => _haveSamePods[end];

    public bool SendsAsBefore(int end) => _sends[end];

    public bool ReceivesAsBefore(int end) => _receives[end];

    public bool IsAsBefore(int end, PolicyDirection direction) => direction == PolicyDirection.Ingress ? _receives[end] : _sends[end];

    public static UnchangedEnds Of(ReachabilityMap before, ReachabilityMap after, AlignedEnds ends)
    {
        var matched = new MatchedEndpoints(before.Endpoints, after.Endpoints);
        var (haveSamePods, sends, receives) = (new bool[ends.Count], new bool[ends.Count], new bool[ends.Count]);
        for (var end = 0; end < ends.Count; end++)
        {
            haveSamePods[end] = matched.AreTheSame(ends.Before[end].Members, ends.After[end].Members);

            // Whether a node receives and sends as before is not looked at.
            sends[end] = receives[end] = haveSamePods[end] && !before.NodesHavePolicies && !after.NodesHavePolicies;
        }

        Compare(before, after);

        // What may be allowed where the input does not decide everything.
        if (before.AtMost is not null || after.AtMost is not null)
            Compare(before.AtMost ?? before, after.AtMost ?? after);
        return new UnchangedEnds(haveSamePods, sends, receives, matched);

        void Compare(ReachabilityMap mapBefore, ReachabilityMap mapAfter)
        {
            if (ReferenceEquals(mapBefore, mapAfter))
                return;
            ParallelParts.Do(
                ends.Count < FewestEnds,
                () => KeepEqual(sends, ends, matched, mapBefore.EgressOf, mapAfter.EgressOf),
                () => KeepEqual(receives, ends, matched, mapBefore.IngressOf, mapAfter.IngressOf));
        }
    }

    private static void KeepEqual(
        bool[] areEqual, AlignedEnds ends, MatchedEndpoints matched, Func<int, RuleSet?> ruleSetBefore, Func<int, RuleSet?> ruleSetAfter)
    {
        var contents = new RuleSetContents(new MatchedEndpoints.CommonSets(matched));
        for (var end = 0; end < areEqual.Length; end++)
        {
            var members = ends.Before[end].Members;
            for (var i = 0; i < members.Length && areEqual[end]; i++)
            {
                var (was, becomes) = (ruleSetBefore(members[i]), ruleSetAfter(matched.ToAfter(members[i])));

                // States of which one was made of the other share rule sets.
                areEqual[end] = (ReferenceEquals(was, becomes) && matched.AreAllTheSame)
                    || contents.AreSame(was, becomes);
            }
        }
    }
}
