using NetPolTools.Asking;
using NetPolTools.Text;

namespace NetPolTools.Reports;

/// <summary>Which change made a connection fail, or possible, for people.</summary>
public sealed class CauseTextWriter(TextWriter output)
{
    private const string Indent = "    ";

    /// <param name="from">The source as it was asked for.</param>
    /// <param name="to">The destination as it was asked for.</param>
    /// <param name="answer">What came of it.</param>
    public void Write(string from, string to, CauseAnswer answer)
    {
        WriteLine($"before: {Sentence(from, to, answer.Before)}");
        WriteLine($"after: {Sentence(from, to, answer.After)}");
        WriteLine(answer.Sentence);
        foreach (var change in answer.Causes.SelectMany(static set => set))
            WriteLine(Indent + change);
        WriteLine("Why it is so after:");
        foreach (var line in answer.After.Because is { } because ? [because] : answer.After.Explain().Lines())
            WriteLine(Indent + line);
    }

    private void WriteLine(string text)
    {
        output.Write(Printable.Of(text));
        output.Write('\n');
    }

    private static string Sentence(string from, string to, TestedReachability tested) =>
        tested.IsAllowed ? $"{from} may reach {to}: {tested.Ports}"
        : tested.Because is { } missing ? $"{from} does not reach {to}: {missing}"
        : $"{from} may not reach {to}";
}
