using NetPolTools.Diagnostics;
using NetPolTools.Snapshot;
using NetPolTools.Text;

namespace NetPolTools.Authoring.Denying;

/// <summary>Which namespaces a default deny is for.</summary>
public static class DenyNamespaces
{
    private const string Wildcards = "*?";

    /// <param name="patterns">
    /// Names, also of namespaces that the input does not know; or wildcards, which pick among those of the input and never a system namespace. Empty
    /// for every namespace of the input but system namespaces.
    /// </param>
    /// <param name="listed">Names and wildcards out of a list, such as that of all namespaces: system namespaces among them are left out, with a
    /// warning.</param>
    /// <param name="cluster">The input.</param>
    /// <param name="problems">Patterns that name nothing, each with what is wrong with it; null where none is named.</param>
    /// <returns>Each once, by name.</returns>
    public static IReadOnlyList<string> Pick(
        IReadOnlyList<string> patterns, IReadOnlyList<string> listed, ClusterSnapshot cluster,
            out IReadOnlyList<(string? Pattern, Diagnostic Problem)> problems)
    {
        var known = cluster.Namespaces.Select(static ns => ns.Name).ToArray();
        var users = known.Where(static name => !SystemNamespaces.Contains(name)).ToArray();
        var found = new List<(string? Pattern, Diagnostic Problem)>();
        problems = found;
        if (patterns.Count + listed.Count == 0)
        {
            if (users.Length == 0)
                Tell(null, DiagnosticSeverity.Error, $"No namespace is named, and the input holds none{(known.Length > 0 ? " but system namespaces" : "")}.");
            return users;
        }

        var picked = new SortedSet<string>(StringComparer.Ordinal);
        string[] ofSystem = [.. listed.Where(SystemNamespaces.Contains).Except(patterns)];
        if (ofSystem.Length > 0)
        {
            Tell(string.Join(", ", ofSystem), DiagnosticSeverity.Warning,
                $"Left out, as system namespaces are unless they are named: {string.Join(", ", ofSystem)}.");
        }

        foreach (var pattern in patterns.Concat(listed.Except(ofSystem)))
        {
            if (pattern.AsSpan().IndexOfAny(Wildcards) < 0)
            {
                picked.Add(pattern);
                if (known.Length > 0 && !known.Contains(pattern))
                    Tell(pattern, DiagnosticSeverity.Warning,
                        $"There is no namespace {pattern} in the input.{NearestNames.Question(NearestNames.Of(pattern, known))}");
                continue;
            }

            var matching = users.Where(name => WildcardNames.Match(pattern, name)).ToArray();
            picked.UnionWith(matching);
            if (matching.Length == 0)
            {
                Tell(
                    pattern,
                    DiagnosticSeverity.Error,
                    $"{pattern} matches no namespace of the input"
                    + $"{(known.Any(name => WildcardNames.Match(pattern, name)) ? " but system namespaces; name those in full" : "")}.");
            }
        }

        return [.. picked];

        void Tell(string? pattern, DiagnosticSeverity severity, string message) =>
            found.Add((pattern, new Diagnostic(DiagnosticId.NoMatch, severity, message)));
    }
}
