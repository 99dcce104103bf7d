namespace NetPolTools.Tests.Oracle;

/// <summary>Whether something matches; Kleene's logic of three values. The order is that of truth.</summary>
internal enum Match
{
    No,
    Maybe,
    Yes,
}

internal static class MatchLogic
{
    public static Match Of(bool holds) => holds ? Match.Yes : Match.No;

    public static Match Not(this Match match) => Match.Yes - (int)match;

    public static Match All(IEnumerable<Match> matches) => matches.Append(Match.Yes).Min();

    public static Match Any(IEnumerable<Match> matches) => matches.Append(Match.No).Max();
}
