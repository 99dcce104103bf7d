using NetPolTools.Asking;
using NetPolTools.Text;

namespace NetPolTools.Kubectl;

/// <summary>The parts of a question as options and arguments of the command line.</summary>
/// <param name="reference">The option or argument that names what a comparison starts from.</param>
/// <param name="difference">The one that names what it leads to.</param>
internal sealed class CommandLineWords(string reference = CommandLineWords.Reference, string difference = CommandLineWords.Difference) : QuestionWords
{
    public const string Reference = "REFERENCE";
    public const string Difference = "DIFFERENCE";

    public static readonly CommandLineWords Default = new();

    private readonly string _reference = reference;
    private readonly string _difference = difference;

    public override string NoMatch(QuestionPart part, string name, IReadOnlyList<string> meant) => part == QuestionPart.Namespace
        ? $"There is no namespace {name} in the input.{NearestNames.Question(meant)}"
        : $"{NameOf(part)} {name} matches nothing in the input{Advice(name, meant)}";

    public override string NameOf(QuestionPart part) => part switch
    {
        QuestionPart.Reference => _reference,
        QuestionPart.Difference => _difference,
        QuestionPart.Simulation => "--filename",
        QuestionPart.From => "--from",
        QuestionPart.To => "--to",
        QuestionPart.Namespace => "--namespace",
        _ => "PATH",
    };

    protected override string NameOfInput(QuestionPart part) =>
        part is QuestionPart.Reference or QuestionPart.Difference ? NameOf(part) : base.NameOfInput(part);
}
