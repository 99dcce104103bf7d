using System.Xml.Linq;
using NetPolTools.HelpWriter.Prose;
using static NetPolTools.HelpWriter.Writing.MamlNames;

namespace NetPolTools.HelpWriter.Writing;

/// <summary>The help of cmdlets in the format that Get-Help reads.</summary>
public static class MamlWriter
{
    /// <param name="pages">One for each cmdlet.</param>
    /// <param name="onlineFolder">The web page of the folder that holds the pages; null where the project has none.</param>
    public static XDocument Write(IEnumerable<CmdletPage> pages, string? onlineFolder = null) => new(
        new XDeclaration("1.0", "utf-8", null),
        new XElement(Root + "helpItems", new XAttribute("schema", "maml"), pages.Select(page => WriteCommand(page, onlineFolder))));

    private static XElement WriteCommand(CmdletPage page, string? onlineFolder) => new(
        Command + "command",
        new XAttribute(XNamespace.Xmlns + "maml", Maml),
        new XAttribute(XNamespace.Xmlns + "command", Command),
        new XAttribute(XNamespace.Xmlns + "dev", Dev),
        new XElement(
            Command + "details",
            new XElement(Command + "name", page.Cmdlet.Name),
            new XElement(Command + "verb", page.Cmdlet.Verb),
            new XElement(Command + "noun", page.Cmdlet.Noun),
            Description(page.Under(CmdletPage.Synopsis))),
        Description(page.Under(CmdletPage.Description)),
        MamlParameters.Syntax(page.Cmdlet),
        MamlParameters.All(page),
        new XElement(Command + "inputTypes", Inputs(page)),
        new XElement(Command + "returnValues", page.Cmdlet.OutputTypes.Select(type => new XElement(
            Command + "returnValue",
            Type(type),
            Description(page.AboutOutput(type))))),
        new XElement(Maml + "alertSet", new XElement(Maml + "alert", Paragraphs(page.Under(CmdletPage.Notes)))),
        new XElement(Command + "examples", page.AllExamples.Select(WriteExample)),
        new XElement(Command + "relatedLinks", Links(page, onlineFolder)));

    /// <summary>What the pipeline takes; the first paragraph about the parameter says what that is.</summary>
    private static IEnumerable<XElement> Inputs(CmdletPage page)
    {
        var taking = page.Cmdlet.Parameters.Where(static parameter => parameter.Sets.Values.Any(static use => use.ByValue)).ToArray();
        if (taking.Length == 0)
            return [Input("None", ["The pipeline gives nothing to this cmdlet."])];
        return taking.Select(parameter => Input(parameter.Type.FullName!, page.About(parameter).Take(1)));

        static XElement Input(string type, IEnumerable<string> text) => new(Command + "inputType", Type(type), Description(text));
    }

    private static XElement WriteExample(Example example) => new(
        Command + "example",
        new XElement(Maml + "title", $"---------- {example.Title} ----------"),
        new XElement(Dev + "code", example.Code),
        new XElement(Dev + "remarks", Paragraphs(example.Output is null ? example.Remarks : [example.Output, .. example.Remarks])));

    /// <summary>
    /// Get-Help -Online opens the first address that it finds. So the page of the cmdlet comes first, and addresses elsewhere stand in the text, where
    /// Get-Help does not look.
    /// </summary>
    private static IEnumerable<XElement> Links(CmdletPage page, string? onlineFolder)
    {
        var online = onlineFolder is null ? [] : new[] { Link("Online Version:", $"{onlineFolder}/{page.Cmdlet.Name}.md") };
        return online.Concat(page.Links.Select(static link => Link(link.IsToWeb ? $"{link.Text}: {link.Target}" : link.Text, "")));

        static XElement Link(string text, string address) =>
            new(Maml + "navigationLink", new XElement(Maml + "linkText", text), new XElement(Maml + "uri", address));
    }
}
