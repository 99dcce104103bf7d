using System.Text.RegularExpressions;
using NetPolTools.Module.Tests.Support;

namespace NetPolTools.Module.Tests;

/// <summary>What the formatter does not look at.</summary>
public sealed partial class SourceTests
{
    /// <summary>As .editorconfig says, which tells editors only.</summary>
    private const int MaxLength = 160;

    [Fact]
    public void Lines_can_be_read_without_scrolling()
    {
        var tooLong = Files("src").Concat(Files("tests")).SelectMany(LongLines).ToArray();
        Assert.True(tooLong.Length == 0, string.Join('\n', tooLong));
    }

    [Fact]
    public void The_limit_is_that_of_editorconfig() =>
        Assert.Contains($"max_line_length = {MaxLength}\n", Repository.ReadText(".editorconfig"), StringComparison.Ordinal);

    private static IEnumerable<string> Files(string folder) => Directory
        .EnumerateFiles(Path.Combine(Repository.Root, folder), "*", SearchOption.AllDirectories)
        .Where(static file => OfPeople().IsMatch(file) && !OfBuild().IsMatch(file));

    /// <summary>A text cannot always be cut: one that a test compares as a whole, or one that is written as it stands.</summary>
    private static IEnumerable<string> LongLines(string file)
    {
        var isWithin = false;
        var number = 0;
        foreach (var line in File.ReadLines(file))
        {
            number++;
            var marks = RawText().Count(line);
            if (line.Length > MaxLength && !isWithin && marks == 0 && !LongText().IsMatch(line))
                yield return $"{Path.GetRelativePath(Repository.Root, file)}:{number} has {line.Length} characters";
            isWithin ^= marks % 2 != 0;
        }
    }

    /// <summary>Programs and pages, without what others wrote and made small.</summary>
    [GeneratedRegex(@"(\.cs|\.ps1|(?<!\.min)\.js|\.css|\.html)$")]
    private static partial Regex OfPeople();

    [GeneratedRegex(@"[/\\](bin|obj)[/\\]")]
    private static partial Regex OfBuild();

    [GeneratedRegex("\"\"\"")]
    private static partial Regex RawText();

    [GeneratedRegex("\"([^\"\\\\]|\\\\.){100,}\"")]
    private static partial Regex LongText();
}
