using System.Management.Automation;
using System.Reflection;

namespace NetPolTools.Module.Tests.Support;

/// <summary>A cmdlet as its attributes describe it. They are read as metadata: attributes of the standard library cannot be created.</summary>
internal sealed class Cmdlet
{
    private readonly CustomAttributeData _attribute;

    private Cmdlet(Type type, CustomAttributeData attribute)
    {
        Type = type;
        _attribute = attribute;
        Parameters = [.. type.GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Where(static property => Metadata.Has(property, nameof(ParameterAttribute)))
            .Select(static property => new CmdletParameter(property))];
    }

    public static IReadOnlyList<Cmdlet> All { get; } =
    [
        .. typeof(Commands.NetPolCommand).Assembly.GetTypes()
            .Select(static type => (Type: type, Attribute: Metadata.Find(type, nameof(CmdletAttribute))))
            .Where(static pair => pair.Attribute is not null)
            .Select(static pair => new Cmdlet(pair.Type, pair.Attribute!))
            .OrderBy(static cmdlet => cmdlet.Name, StringComparer.Ordinal),
    ];

    public Type Type { get; }

    public IReadOnlyList<CmdletParameter> Parameters { get; }

    public string Verb => (string)_attribute.ConstructorArguments[0].Value!;

    public string Noun => (string)_attribute.ConstructorArguments[1].Value!;

    public string Name => $"{Verb}-{Noun}";

    public string? DefaultParameterSet => Metadata.Named(_attribute, nameof(CmdletAttribute.DefaultParameterSetName)) as string;

    /// <summary>The types of [OutputType], by full name.</summary>
    public IEnumerable<string> OutputTypes => Metadata.FindAll(Type, nameof(OutputTypeAttribute))
        .SelectMany(static attribute => (IEnumerable<CustomAttributeTypedArgument>)attribute.ConstructorArguments[0].Value!)
        .Select(static type => ((Type)type.Value!).FullName!);

    /// <summary>The names of all parameter sets; one without a name when no parameter names any.</summary>
    public IReadOnlyList<string> ParameterSets
    {
        get
        {
            var named = Parameters.SelectMany(static parameter => parameter.Sets.Keys)
                .Where(static set => set != CmdletParameter.EverySet)
                .Distinct()
                .ToArray();
            return named.Length > 0 ? named : [CmdletParameter.EverySet];
        }
    }

    public static Cmdlet Named(string name) => All.Single(cmdlet => cmdlet.Name == name);

    public IEnumerable<CmdletParameter> ParametersOf(string set) => Parameters.Where(parameter => parameter.In(set) is not null);

    public override string ToString() => Name;
}
