using NetPolTools.HelpWriter.Facts;

namespace NetPolTools.HelpWriter.Prose;

/// <summary>What is written about one cmdlet: a file named after it, with the headings that platyPS uses.</summary>
public sealed class CmdletPage
{
    public const string Synopsis = "SYNOPSIS";
    public const string Description = "DESCRIPTION";
    public const string Examples = "EXAMPLES";
    public const string Parameters = "PARAMETERS";
    public const string Outputs = "OUTPUTS";
    public const string Notes = "NOTES";
    public const string RelatedLinks = "RELATED LINKS";

    private static readonly string[] Headings = [Synopsis, Description, Examples, Parameters, Outputs, Notes, RelatedLinks];

    private readonly Section _top;
    private readonly SharedParameters _shared;

    public CmdletPage(Cmdlet cmdlet, string file, Section text, SharedParameters shared)
    {
        Cmdlet = cmdlet;
        File = file;
        _shared = shared;
        _top = text[cmdlet.Name] ?? text;
    }

    public Cmdlet Cmdlet { get; }

    public string File { get; }

    public IEnumerable<RelatedLink> Links => _top[RelatedLinks] is { } links ? RelatedLink.In(links) : [];

    public IEnumerable<Example> AllExamples => (_top[Examples]?.Sections ?? []).Select(Example.From).OfType<Example>();

    /// <summary>The paragraphs below a heading.</summary>
    public IEnumerable<string> Under(string heading) => PlainText.Paragraphs(_top[heading]?.Blocks ?? []);

    /// <summary>The paragraphs about a parameter: those of the page, or else those that cmdlets share.</summary>
    public IEnumerable<string> About(CmdletParameter parameter) => PlainText.Paragraphs((Own(parameter) ?? _shared[parameter])?.Blocks ?? []);

    /// <summary>The paragraphs about a type that the cmdlet gives.</summary>
    public IEnumerable<string> AboutOutput(string type) => PlainText.Paragraphs(_top[Outputs]?[type]?.Blocks ?? []);

    /// <summary>What is missing, or has no place here.</summary>
    public IEnumerable<Problem> FindProblems()
    {
        if (_top.Level == 0)
        {
            yield return At(_top, $"the file begins with '# {Cmdlet.Name}'.");
            yield break;
        }

        foreach (var heading in Headings)
        {
            if (_top[heading] is not { } section)
                yield return At(_top, $"add the heading '## {heading}'.");
            else if (heading is not (Examples or Parameters or Outputs or RelatedLinks) && section.Blocks.Count == 0)
                yield return At(section, $"say something under '## {heading}'.");
        }

        foreach (var section in _top.Sections.Where(static section => !Headings.Contains(section.Title)))
            yield return At(section, $"'## {section.Title}' is no heading of a cmdlet's help; those are {string.Join(", ", Headings)}.");
        foreach (var section in _top[Examples]?.Sections ?? [])
        {
            if (Example.From(section) is null)
                yield return At(section, $"the example has no block of code that begins with ```{Example.CodeLanguage}.");
        }

        foreach (var problem in ProblemsOf(Parameters, Cmdlet.Parameters.Select(static parameter => parameter.ToString()), IsShared, "parameter")
            .Concat(ProblemsOf(Outputs, Cmdlet.OutputTypes, static _ => false, "type of [OutputType]")))
            yield return problem;
    }

    private IEnumerable<Problem> ProblemsOf(string heading, IEnumerable<string> names, Func<string, bool> isElsewhere, string kind)
    {
        if (_top[heading] is not { } section)
            yield break;
        var known = names.ToArray();
        foreach (var name in known.Where(name => section[name] is not { Blocks.Count: > 0 } && !isElsewhere(name)))
            yield return At(section, $"add the heading '### {name}' under '## {heading}', and say below it what this {kind} of {Cmdlet} is.");
        foreach (var extra in section.Sections.Where(extra => !known.Contains(extra.Title)))
            yield return At(extra, $"{Cmdlet} has no {kind} '{extra.Title}'.");
    }

    private bool IsShared(string parameter) => _shared[parameter] is not null;

    private Section? Own(CmdletParameter parameter) => _top[Parameters]?[parameter.ToString()];

    private Problem At(Section section, string message) => new(File, section.Line, message);
}
