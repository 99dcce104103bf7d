using NetPolTools.HelpWriter.Prose;
using NetPolTools.HelpWriter.Writing;

namespace NetPolTools.Module.Tests;

public sealed class AboutWriterTests
{
    private const string Topic = """
        # about_Sample

        ## SHORT DESCRIPTION

        A sample of `text` with a [link](other.md).

        ## LONG DESCRIPTION

        ### A heading

        A paragraph that is longer than a terminal is wide, so that it has to go on in a second line, and
        that begins a new line in its source.

        - an item that is longer than a terminal is wide, so that it has to go on in a second line below its text

        ```powershell
        Get-Sample |
            Out-Null
        ```

        #### One level below

        | Name | Meaning |
        |---|---|
        | a | short |
        | longer | a meaning that is longer than a terminal is wide, so that it goes on below its column |
        """;

    [Fact]
    public void A_topic_is_plain_text_of_eighty_columns() => Assert.Equal(
        """
        TOPIC
            about_Sample

        SHORT DESCRIPTION
            A sample of text with a link.

        LONG DESCRIPTION

          A heading
            A paragraph that is longer than a terminal is wide, so that it has to go on
            in a second line, and that begins a new line in its source.

            - an item that is longer than a terminal is wide, so that it has to go on in
              a second line below its text

                Get-Sample |
                    Out-Null

            One level below
                a       short
                longer  a meaning that is longer than a terminal is wide, so that it
                        goes on below its column

        """.ReplaceLineEndings("\n"),
        AboutWriter.Write(new AboutTopic("about_Sample.md", Section.Parse(Topic))));

    [Fact]
    public void A_topic_without_its_name_or_short_description_is_told()
    {
        Assert.Equal(["about_Other.md(1): error HELP: the file begins with '# about_Other'."], ProblemsOf("about_Other.md", Topic));
        Assert.Equal(
            ["about_Sample.md(1): error HELP: add the heading '## SHORT DESCRIPTION', and say below it in one sentence what the topic is about."],
            ProblemsOf("about_Sample.md", Topic.Replace("SHORT DESCRIPTION", "SHORT", StringComparison.Ordinal)));
    }

    private static IEnumerable<string> ProblemsOf(string file, string markdown) =>
        new AboutTopic(file, Section.Parse(markdown)).FindProblems().Select(static problem => problem.ToString());
}
