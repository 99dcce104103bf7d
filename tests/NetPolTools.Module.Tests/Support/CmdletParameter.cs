using System.Management.Automation;
using System.Reflection;

namespace NetPolTools.Module.Tests.Support;

/// <summary>What a parameter is within one parameter set.</summary>
/// <param name="Position">Null for a named parameter.</param>
internal sealed record ParameterUse(bool IsMandatory, int? Position, bool ByValue, bool ByPropertyName);

internal sealed class CmdletParameter
{
    /// <summary>What PowerShell calls the set of a parameter that names none.</summary>
    public const string EverySet = "__AllParameterSets";

    public CmdletParameter(PropertyInfo property)
    {
        Name = property.Name;
        Type = property.PropertyType;
        Aliases = [.. Metadata.FindAll(property, nameof(AliasAttribute))
            .SelectMany(static attribute => (IEnumerable<CustomAttributeTypedArgument>)attribute.ConstructorArguments[0].Value!)
            .Select(static alias => (string)alias.Value!)];
        TakesWildcards = Metadata.Has(property, nameof(SupportsWildcardsAttribute));
        Sets = Metadata.FindAll(property, nameof(ParameterAttribute)).ToDictionary(
            static attribute => Metadata.Named(attribute, nameof(ParameterAttribute.ParameterSetName)) as string ?? EverySet,
            static attribute => new ParameterUse(
                Is(attribute, nameof(ParameterAttribute.Mandatory)),
                Metadata.Named(attribute, nameof(ParameterAttribute.Position)) as int?,
                Is(attribute, nameof(ParameterAttribute.ValueFromPipeline)),
                Is(attribute, nameof(ParameterAttribute.ValueFromPipelineByPropertyName))));
    }

    public string Name { get; }

    public Type Type { get; }

    public IReadOnlyList<string> Aliases { get; }

    public bool TakesWildcards { get; }

    public IReadOnlyDictionary<string, ParameterUse> Sets { get; }

    public bool IsSwitch => Type.Name == nameof(SwitchParameter);

    /// <summary>The enum whose values the parameter takes, one or many; null for other types.</summary>
    public Type? Enumeration
    {
        get
        {
            var one = Nullable.GetUnderlyingType(Type) ?? (Type.IsArray ? Type.GetElementType()! : Type);
            return one.IsEnum ? one : null;
        }
    }

    /// <summary>Null when the parameter is not in the set.</summary>
    public ParameterUse? In(string set) => Sets.GetValueOrDefault(set) ?? Sets.GetValueOrDefault(EverySet);

    public override string ToString() => $"-{Name}";

    private static bool Is(CustomAttributeData attribute, string property) => Metadata.Named(attribute, property) is true;
}
