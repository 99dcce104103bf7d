using NetPolTools.HelpWriter.Facts;

namespace NetPolTools.HelpWriter.Prose;

/// <summary>What is written once about parameters that several cmdlets have: the headings of Parameters.md.</summary>
public sealed class SharedParameters(string file, Section text)
{
    public const string FileName = "Parameters.md";

    /// <summary>By its name with the dash; null where the parameter is not among them.</summary>
    public Section? this[string parameter] => Top?[parameter];

    public Section? this[CmdletParameter parameter] => this[parameter.ToString()];

    private Section? Top => text.Sections.Count > 0 ? text.Sections[0] : null;

    /// <summary>Headings that are the name of no parameter, or have nothing below them.</summary>
    public IEnumerable<Problem> FindProblems(IEnumerable<Cmdlet> cmdlets)
    {
        var known = cmdlets.SelectMany(static cmdlet => cmdlet.Parameters).Select(static parameter => parameter.ToString()).ToHashSet(StringComparer.Ordinal);
        foreach (var section in Top?.Sections ?? [])
        {
            if (!known.Contains(section.Title))
                yield return new Problem(file, section.Line, $"no cmdlet has a parameter '{section.Title}'.");
            else if (section.Blocks.Count == 0)
                yield return new Problem(file, section.Line, $"say something under '## {section.Title}'.");
        }
    }
}
