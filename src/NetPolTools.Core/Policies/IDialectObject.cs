namespace NetPolTools.Policies;

/// <summary>An object that a dialect translates; tells which.</summary>
public interface IDialectObject
{
    PolicyDialect Dialect { get; }
}
