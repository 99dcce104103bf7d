using NetPolTools.Explaining;
using NetPolTools.Objects;

namespace NetPolTools.Picturing;

/// <summary>Which rules decide the connections of a picture.</summary>
/// <param name="Profiles">What rules say of subjects; many subjects share one.</param>
/// <param name="Egress">For each end, the position of its profile as a source; -1 for one that sends nothing.</param>
/// <param name="Ingress">The same as a destination.</param>
public sealed record PictureReasons(IReadOnlyList<PictureProfile> Profiles, IReadOnlyList<int> Egress, IReadOnlyList<int> Ingress);

/// <summary>What policies say in one direction of subjects that are under the same ones.</summary>
/// <param name="Direction">Whether the subjects send or receive.</param>
/// <param name="Policies">The policies that select them, the first of many; none where everything is allowed.</param>
/// <param name="MorePolicies">How many more do.</param>
/// <param name="NeverIsolated">Why no policy does although one could be expected to; null otherwise.</param>
/// <param name="Reasons">What decides, with the ends on the other side for which it does.</param>
/// <param name="More">How many more rules decide, with the ends on the other side for which they do.</param>
public sealed record PictureProfile(
    PolicyDirection Direction,
    IReadOnlyList<PolicyPlace> Policies,
    int MorePolicies,
    string? NeverIsolated,
    IReadOnlyList<(DecidingReason Reason, IReadOnlyList<int> Peers)> Reasons,
    IReadOnlyList<(int Count, IReadOnlyList<int> Peers)> More);
