namespace NetPolTools.Text;

/// <summary>The names that somebody may have meant who wrote one that there is not.</summary>
public static class NearestNames
{
    private const int MostNames = 3;
    private const int ShortestPart = 2;

    /// <summary>The ranks of names that have the written one in them, behind all that are spelt alike.</summary>
    private const int Beginning = 100;
    private const int Inside = 101;

    /// <summary>
    /// The nearest names, best first: those that differ in case alone, then those with a letter or two wrong; where there are none, those that begin with
    /// what was written, or have it in them.
    /// </summary>
    /// <param name="written">As it was written.</param>
    /// <param name="known">Every name there is; some may stand there twice.</param>
    public static IReadOnlyList<string> Of(string written, IEnumerable<string> known)
    {
        var wanted = written.Trim().ToUpperInvariant();
        var near = known.Distinct(StringComparer.Ordinal)
            .Select(name => (Name: name, Rank: RankOf(wanted, name.ToUpperInvariant())))
            .Where(static candidate => candidate.Rank >= 0)
            .OrderBy(static candidate => candidate.Rank)
            .ThenBy(static candidate => candidate.Name, StringComparer.Ordinal)
            .ToArray();

        // Beside a name with one letter wrong, one with two is no help.
        return near.Length == 0 ? [] : [
            .. near.Where(candidate => candidate.Rank == near[0].Rank || near[0].Rank >= Beginning).Take(MostNames).Select(static candidate => candidate.Name)];
    }

    /// <summary>A sentence with a blank before it: <c> Did you mean a, b or c?</c> Empty for no names.</summary>
    public static string Question(IReadOnlyList<string> names) => names.Count switch
    {
        0 => "",
        1 => $" Did you mean {names[0]}?",
        _ => $" Did you mean {string.Join(", ", names.Take(names.Count - 1))} or {names[^1]}?",
    };

    /// <summary>Less than zero for a name that is not near.</summary>
    private static int RankOf(string wanted, string name)
    {
        var allowed = Math.Min(wanted.Length, name.Length) switch { < 2 => 0, < 5 => 1, < 10 => 2, _ => 3 };
        if (Math.Abs(wanted.Length - name.Length) <= allowed && EditDistance.Of(wanted, name) is var edits && edits <= allowed)
            return edits;
        if (wanted.Length < ShortestPart)
            return -1;
        return name.StartsWith(wanted, StringComparison.Ordinal) ? Beginning : name.Contains(wanted, StringComparison.Ordinal) ? Inside : -1;
    }
}
