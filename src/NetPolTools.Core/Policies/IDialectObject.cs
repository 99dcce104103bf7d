namespace NetPolTools.Policies;

/// <summary>An object that a dialect translates; tells which. Internal, so that PowerShell does not show the dialect as a property.</summary>
internal interface IDialectObject
{
    PolicyDialect Dialect { get; }
}
