using System.Globalization;
using System.Xml.Linq;
using NetPolTools.HelpWriter.Facts;
using NetPolTools.HelpWriter.Prose;
using static NetPolTools.HelpWriter.Writing.MamlNames;

namespace NetPolTools.HelpWriter.Writing;

/// <summary>A cmdlet's parameters, and its syntax: a line for each parameter set.</summary>
internal static class MamlParameters
{
    public static XElement Syntax(Cmdlet cmdlet) => new(Command + "syntax", cmdlet.ParameterSets.Select(set => new XElement(
        Command + "syntaxItem",
        Name(cmdlet.Name),
        cmdlet.ParametersOf(set).Select(parameter => Parameter(
            parameter,
            parameter.In(set)!,
            parameter.Choices.Count == 0 ? null
                : new XElement(Command + "parameterValueGroup", parameter.Choices.Select(static choice => Value(choice, isRequired: false, isList: false))),
            parameter.IsSwitch ? null : Value(TypeName(parameter.Type), isRequired: true, parameter.Type.IsArray))))));

    public static XElement All(CmdletPage page) => new(Command + "parameters", page.Cmdlet.Parameters.Select(parameter => Parameter(
        parameter,
        parameter.Sets.Values.First(),
        Description(page.About(parameter)),
        Value(TypeName(parameter.Type), !parameter.IsSwitch, parameter.Type.IsArray),
        Type(FullTypeName(parameter.Type)),
        new XElement(Dev + "defaultValue", parameter.Default ?? "None"))));

    private static XElement Parameter(CmdletParameter parameter, ParameterUse use, params XElement?[] content) => new(
        Command + "parameter",
        new XAttribute("required", use.IsMandatory),
        new XAttribute("variableLength", parameter.Type.IsArray),
        new XAttribute("globbing", parameter.TakesWildcards),
        new XAttribute("pipelineInput", Pipeline(use)),
        new XAttribute("position", use.Position?.ToString(CultureInfo.InvariantCulture) ?? "named"),
        new XAttribute("aliases", parameter.Aliases.Count > 0 ? string.Join(", ", parameter.Aliases) : "none"),
        Name(parameter.Name),
        content);

    private static string Pipeline(ParameterUse use) => (use.ByValue, use.ByPropertyName) switch
    {
        (true, true) => "True (ByValue, ByPropertyName)",
        (true, false) => "True (ByValue)",
        (false, true) => "True (ByPropertyName)",
        _ => "False",
    };

    private static XElement Value(string text, bool isRequired, bool isList) =>
        new(Command + "parameterValue", new XAttribute("required", isRequired), new XAttribute("variableLength", isList), text);

    private static string TypeName(Type type) => (Nullable.GetUnderlyingType(type) ?? type).Name;

    private static string FullTypeName(Type type) => (Nullable.GetUnderlyingType(type) ?? type).FullName!;
}
