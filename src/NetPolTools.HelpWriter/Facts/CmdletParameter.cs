using System.Collections;
using System.Management.Automation;
using System.Reflection;

namespace NetPolTools.HelpWriter.Facts;

/// <summary>A parameter as the attributes and the initial value of its property describe it.</summary>
public sealed class CmdletParameter
{
    /// <summary>What PowerShell calls the set of a parameter that names none.</summary>
    public const string EverySet = "__AllParameterSets";

    private static readonly IReadOnlyDictionary<string, ParameterUse> NamedInEverySet =
        new Dictionary<string, ParameterUse> { [EverySet] = new ParameterUse(false, null, false, false) };

    internal CmdletParameter(PropertyInfo property, object? initial)
    {
        Name = property.Name;
        Type = property.PropertyType;
        Aliases = [.. Metadata.FindAll(property, nameof(AliasAttribute)).SelectMany(Metadata.Listed<string>)];
        TakesWildcards = Metadata.Has(property, nameof(SupportsWildcardsAttribute));
        Choices = Enumeration is { } choice
            ? Enum.GetNames(choice)
            : [.. Metadata.FindAll(property, nameof(ValidateSetAttribute)).SelectMany(Metadata.Listed<string>)];
        Default = DefaultOf(property, initial);
        Sets = Metadata.FindAll(property, nameof(ParameterAttribute)).ToDictionary(
            static attribute => Metadata.Named(attribute, nameof(ParameterAttribute.ParameterSetName)) as string ?? EverySet,
            static attribute => new ParameterUse(
                Is(attribute, nameof(ParameterAttribute.Mandatory)),
                Metadata.Named(attribute, nameof(ParameterAttribute.Position)) as int?,
                Is(attribute, nameof(ParameterAttribute.ValueFromPipeline)),
                Is(attribute, nameof(ParameterAttribute.ValueFromPipelineByPropertyName))));
    }

    private CmdletParameter(string name, string alias)
    {
        Name = name;
        Type = typeof(SwitchParameter);
        Aliases = [alias];
        Choices = [];
        Default = bool.FalseString;
        Sets = NamedInEverySet;
    }

    /// <summary>What PowerShell gives to a cmdlet that supports ShouldProcess.</summary>
    internal static IEnumerable<CmdletParameter> OfShouldProcess { get; } = [new("WhatIf", "wi"), new("Confirm", "cf")];

    public string Name { get; }

    public Type Type { get; }

    public IReadOnlyList<string> Aliases { get; }

    public bool TakesWildcards { get; }

    /// <summary>The values of its enum or ValidateSet; empty where any value will do.</summary>
    public IReadOnlyList<string> Choices { get; }

    /// <summary>The value where the parameter is left out, as text; null where there is none.</summary>
    public string? Default { get; }

    /// <summary>What it is in each parameter set that it names, or in <see cref="EverySet"/>.</summary>
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

    /// <summary>The words of [PSDefaultValue(Help = …)] go before the initial value, which cannot show what is worked out later.</summary>
    private static string? DefaultOf(PropertyInfo property, object? initial)
    {
        if (Metadata.Find(property, nameof(PSDefaultValueAttribute)) is { } told)
            return Metadata.Named(told, nameof(PSDefaultValueAttribute.Help)) as string;
        if (property.PropertyType.Name == nameof(SwitchParameter))
            return bool.FalseString;
        return initial is null or "" or ICollection { Count: 0 } ? null : initial.ToString();
    }
}
