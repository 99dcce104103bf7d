using NetPolTools.Text;

namespace NetPolTools.Intents;

/// <summary>What counts in namespaces where no intent says otherwise. A namespace's own entry goes before wildcards, and of these the first.</summary>
internal sealed class IntentDefaults
{
    private readonly List<(string Pattern, bool Ingress, bool Egress, SourceLocation Place)> _entries = [];

    public void Add(string pattern, bool deniesIngress, bool deniesEgress, SourceLocation place) => _entries.Add((pattern, deniesIngress, deniesEgress, place));

    /// <summary>As intents.</summary>
    public IEnumerable<Intent> Make()
    {
        for (var i = 0; i < _entries.Count; i++)
        {
            var (pattern, ingress, egress, place) = _entries[i];
            var end = new IntentEnd($"{pattern}/*")
            {
                OfNamespaces = pattern,
                ExceptNamespaces = WildcardNames.IsPattern(pattern)
                    ? [.. _entries.Where((entry, other) => other < i || !WildcardNames.IsPattern(entry.Pattern)).Select(static entry => entry.Pattern)]
                    : [],
            };
            var others = new IntentEnd(IntentWords.NothingElse) { IsEverything = true };
            if (ingress)
                yield return new Intent($"{others} -> {end}", IntentKind.NothingElse, others, end) { Location = place };
            if (egress)
                yield return new Intent($"{end} -> {others}", IntentKind.NothingElse, end, others) { Location = place };
        }
    }
}
