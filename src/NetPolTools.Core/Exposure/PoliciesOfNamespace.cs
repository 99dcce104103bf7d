using NetPolTools.Objects;
using NetPolTools.Policies;

namespace NetPolTools.Exposure;

/// <summary>What the policies of a namespace do with its pods in one direction.</summary>
/// <param name="Isolating">The NetworkPolicies that isolate some.</param>
/// <param name="Subjects">Which, of each of these policies.</param>
/// <param name="Others">The policies of other kinds that may select pods of it, as a text.</param>
/// <param name="Text">All of them as far as no rule names the other end: equal texts mean that they do the same.</param>
/// <param name="IsolateAll">Whether they isolate every pod that may come: where no rule names the other end, nothing tells these pods apart.</param>
internal sealed record PoliciesOfNamespace(NetworkPolicy[] Isolating, LabelPredicate[] Subjects, string Others, string Text, bool IsolateAll);
