using System.Management.Automation;
using System.Reflection;

namespace NetPolTools.HelpWriter.Facts;

/// <summary>A cmdlet as its attributes describe it.</summary>
public sealed class Cmdlet
{
    private readonly CustomAttributeData _attribute;

    private Cmdlet(Type type, CustomAttributeData attribute)
    {
        Type = type;
        _attribute = attribute;
        var instance = Activator.CreateInstance(type);
        using var disposing = instance as IDisposable;
        Parameters =
        [
            .. type.GetProperties(BindingFlags.Public | BindingFlags.Instance)
                .Where(static property => Metadata.Has(property, nameof(ParameterAttribute)))
                .OrderByDescending(static property => Depth(property.DeclaringType!)).ThenBy(static property => property.MetadataToken)
                .Select(property => new CmdletParameter(property, property.GetValue(instance)))
                .Concat(SupportsShouldProcess ? CmdletParameter.OfShouldProcess : [])
                .OrderBy(static parameter => parameter.Sets.Values.First().Order),
        ];
    }

    public Type Type { get; }

    /// <summary>As people read them: by position, then what is mandatory, then the rest; its own before those of its base classes, as the source has
    /// them.</summary>
    public IReadOnlyList<CmdletParameter> Parameters { get; }

    public string Verb => (string)_attribute.ConstructorArguments[0].Value!;

    public string Noun => (string)_attribute.ConstructorArguments[1].Value!;

    public string Name => $"{Verb}-{Noun}";

    public string? DefaultParameterSet => Metadata.Named(_attribute, nameof(CmdletAttribute.DefaultParameterSetName)) as string;

    public bool SupportsShouldProcess => Metadata.Named(_attribute, nameof(CmdletAttribute.SupportsShouldProcess)) is true;

    /// <summary>The types of [OutputType], by full name.</summary>
    public IReadOnlyList<string> OutputTypes =>
        [.. Metadata.FindAll(Type, nameof(OutputTypeAttribute)).SelectMany(Metadata.Listed<Type>).Select(static type => type.FullName!).Distinct()];

    /// <summary>The names of all parameter sets, the default one first; one without a name when no parameter names any.</summary>
    public IReadOnlyList<string> ParameterSets
    {
        get
        {
            var named = Parameters.SelectMany(static parameter => parameter.Sets.Keys)
                .Where(static set => set != CmdletParameter.EverySet)
                .Distinct()
                .OrderBy(set => set != DefaultParameterSet)
                .ToArray();
            return named.Length > 0 ? named : [CmdletParameter.EverySet];
        }
    }

    /// <summary>All cmdlets of an assembly, by name.</summary>
    public static IReadOnlyList<Cmdlet> In(Assembly assembly) =>
    [
        .. assembly.GetTypes()
            .Select(static type => (Type: type, Attribute: Metadata.Find(type, nameof(CmdletAttribute))))
            .Where(static pair => pair.Attribute is not null)
            .Select(static pair => new Cmdlet(pair.Type, pair.Attribute!))
            .OrderBy(static cmdlet => cmdlet.Name, StringComparer.Ordinal),
    ];

    /// <summary>In the order in which the syntax shows them.</summary>
    public IEnumerable<CmdletParameter> ParametersOf(string set) =>
        Parameters.Where(parameter => parameter.In(set) is not null).OrderBy(parameter => parameter.In(set)!.Order);

    public override string ToString() => Name;

    private static int Depth(Type type) => type.BaseType is { } parent ? Depth(parent) + 1 : 0;
}
