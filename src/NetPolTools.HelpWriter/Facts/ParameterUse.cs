namespace NetPolTools.HelpWriter.Facts;

/// <summary>What a parameter is within one parameter set.</summary>
/// <param name="Position">Null for a named parameter.</param>
public sealed record ParameterUse(bool IsMandatory, int? Position, bool ByValue, bool ByPropertyName)
{
    /// <summary>Where PowerShell writes it in a line of syntax: by position, then what is mandatory, then the rest.</summary>
    public (int Position, bool IsOptional) Order => (Position ?? int.MaxValue, !IsMandatory);
}
