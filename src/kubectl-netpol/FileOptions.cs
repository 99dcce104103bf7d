using System.CommandLine;
using System.CommandLine.Parsing;
using NetPolTools.Reading;

namespace NetPolTools.Kubectl;

/// <summary>The options that choose among the files of folders.</summary>
internal sealed class FileOptions
{
    private readonly Option<string[]> _include = Create("--include", "Of folders, only files that this matches:");

    private readonly Option<string[]> _exclude = Create("--exclude", "Of folders, no file that this matches:");

    public void AddTo(Command command)
    {
        command.Add(_include);
        command.Add(_exclude);
    }

    /// <summary>Whether one of them is given.</summary>
    public bool IsGiven(CommandResult result) => new[] { _include, _exclude }.Any(option => result.GetResult(option) is { Implicit: false });

    public FileFilter Filter(ParseResult result) => new(result.GetValue(_include)!, result.GetValue(_exclude)!);

    private static Option<string[]> Create(string name, string use) => new(name)
    {
        Description = $"{use} the name of a file or folder, or a path below the folder, with the wildcards * and ?. Files that are named themselves are "
            + "always read.",
        DefaultValueFactory = static _ => [],
        HelpName = "pattern",
    };
}
