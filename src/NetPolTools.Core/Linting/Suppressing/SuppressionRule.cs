namespace NetPolTools.Linting.Suppressing;

/// <summary>The rule about suppressions themselves.</summary>
internal static class SuppressionRule
{
    public const string Id = "NP060";
}
