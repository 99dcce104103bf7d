using NetPolTools.Policies;

namespace NetPolTools.Exposure;

/// <summary>What the policies of a namespace do with its pods in one direction.</summary>
/// <param name="Subjects">Which pods NetworkPolicies isolate, each condition once.</param>
/// <param name="Text">All of them as far as no rule names the other end: equal texts mean that they do the same.</param>
/// <param name="IsolateAll">Whether they isolate every pod that may come: where no rule names the other end, nothing tells these pods apart.</param>
internal sealed record PoliciesOfNamespace(LabelPredicate[] Subjects, string Text, bool IsolateAll);
