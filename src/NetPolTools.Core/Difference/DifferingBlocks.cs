using NetPolTools.Reachability;

namespace NetPolTools.Difference;

/// <summary>
/// The blocks of two rule sets but for those that both begin and end with. Of two states, of which one was made of the other, a rule set has dozens of blocks
/// in common and a few that differ; what is left is compared by what it says.
/// </summary>
internal readonly ref struct DifferingBlocks
{
    public DifferingBlocks(RuleSet before, RuleSet after)
    {
        ReadOnlySpan<GrantBlock> was = before.Blocks, becomes = after.Blocks;

        // Blocks that say nothing of some peers do so by their places.
        if (before.SharedCount == 0 && after.SharedCount == 0)
        {
            var start = 0;
            while (start < was.Length && start < becomes.Length && ReferenceEquals(was[start], becomes[start]))
                start++;
            was = was[start..];
            becomes = becomes[start..];
            var end = 0;
            while (end < was.Length && end < becomes.Length && ReferenceEquals(was[^(end + 1)], becomes[^(end + 1)]))
                end++;
            was = was[..^end];
            becomes = becomes[..^end];
        }

        Before = was;
        After = becomes;
    }

    public ReadOnlySpan<GrantBlock> Before { get; }

    public ReadOnlySpan<GrantBlock> After { get; }
}
