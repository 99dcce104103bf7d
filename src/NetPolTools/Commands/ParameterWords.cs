using NetPolTools.Asking;

namespace NetPolTools.Commands;

/// <summary>The parts of a question as a cmdlet's parameters.</summary>
/// <param name="reference">The parameter that holds what a comparison starts from.</param>
internal sealed class ParameterWords(string reference = nameof(QuestionPart.Reference)) : QuestionWords
{
    public static readonly ParameterWords Default = new();

    private readonly string _reference = reference;

    public override string NoMatch(QuestionPart part, string name) => $"-{NameOf(part)} {base.NoMatch(part, name)}";

    public override string NoInput(QuestionPart part) => part switch
    {
        QuestionPart.Reference or QuestionPart.Difference =>
            $"-{NameOf(part)} holds no workload, pod or NetworkPolicy: against it everything would look added or removed.",
        QuestionPart.Simulation =>
            "There is nothing to simulate against: give a cluster with pods or workloads, by -Context or piped in as a snapshot or as kubectl's objects.",
        _ => base.NoInput(part),
    };

    public override string NameOf(QuestionPart part) => part == QuestionPart.Reference ? _reference : base.NameOf(part);
}
