using System.Text;
using NetPolTools.HelpWriter.Facts;
using NetPolTools.HelpWriter.Prose;

namespace NetPolTools.HelpWriter;

/// <summary>The folder of Markdown files that the help is made of.</summary>
public sealed class HelpFolder
{
    private readonly IReadOnlyList<Cmdlet> _cmdlets;
    private readonly SharedParameters _shared;
    private readonly List<Problem> _problems = [];

    public HelpFolder(string folder, IReadOnlyList<Cmdlet> cmdlets)
    {
        _cmdlets = cmdlets;
        var sharedFile = Path.Combine(folder, SharedParameters.FileName);
        _shared = new SharedParameters(sharedFile, Read(sharedFile) ?? Section.Parse(""));
        Topics = [.. Directory.EnumerateFiles(folder, "about_*.md").Order(StringComparer.Ordinal).Select(file => new AboutTopic(file, Read(file)!))];
        Pages = [.. cmdlets.Select(cmdlet => PageOf(folder, cmdlet)).OfType<CmdletPage>()];
    }

    /// <summary>One for each cmdlet that has a file.</summary>
    public IReadOnlyList<CmdletPage> Pages { get; }

    public IReadOnlyList<AboutTopic> Topics { get; }

    /// <summary>What is missing, or has no place where it stands.</summary>
    public IEnumerable<Problem> FindProblems() =>
        _problems.Concat(_shared.FindProblems(_cmdlets)).Concat(Pages.SelectMany(static page => page.FindProblems()))
            .Concat(Topics.SelectMany(static topic => topic.FindProblems()));

    private CmdletPage? PageOf(string folder, Cmdlet cmdlet)
    {
        var file = Path.Combine(folder, $"{cmdlet.Name}.md");
        return Read(file) is { } text ? new CmdletPage(cmdlet, file, text, _shared) : null;
    }

    private Section? Read(string file)
    {
        if (File.Exists(file))
            return Section.Parse(File.ReadAllText(file, Encoding.UTF8));
        _problems.Add(new Problem(file, 1, "this file of the help is missing; CONTRIBUTING.md says what it holds."));
        return null;
    }
}
