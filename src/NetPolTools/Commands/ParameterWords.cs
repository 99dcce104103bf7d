using NetPolTools.Asking;

namespace NetPolTools.Commands;

/// <summary>The parts of a question as a cmdlet's parameters.</summary>
/// <param name="reference">The parameter that holds what a comparison starts from.</param>
internal sealed class ParameterWords(string reference = nameof(QuestionPart.Reference)) : QuestionWords
{
    public static readonly ParameterWords Default = new();

    private readonly string _reference = reference;

    public override string NoMatch(QuestionPart part, string name, IReadOnlyList<string> meant) =>
        $"-{NameOf(part)} {base.NoMatch(part, name, meant)}";

    protected override string NameOfInput(QuestionPart part) =>
        part is QuestionPart.Reference or QuestionPart.Difference ? $"-{NameOf(part)}" : base.NameOfInput(part);

    public override string NameOf(QuestionPart part) => part == QuestionPart.Reference ? _reference : base.NameOf(part);
}
