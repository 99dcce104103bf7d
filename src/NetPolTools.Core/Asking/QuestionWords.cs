namespace NetPolTools.Asking;

/// <summary>
/// The sentences about the parts of a question. A face overrides them where it has names of its own for these parts; what there is to say, and
/// when, is decided by the questions alone.
/// </summary>
public class QuestionWords
{
    /// <summary>What may stand as a source or destination.</summary>
    protected const string ExpectedEnd =
        "expected a workload or pod as name, namespace/name or kind/name, a label selector, an IP address or a CIDR block; "
            + "as a destination, also a Service as svc/name or namespace/svc/name.";

    /// <summary>The words of no face in particular.</summary>
    public static readonly QuestionWords Plain = new();

    /// <summary>A filter of the question matches nothing.</summary>
    /// <param name="part">From, To or Namespace.</param>
    /// <param name="name">As it was given.</param>
    public virtual string NoMatch(QuestionPart part, string name) =>
        part == QuestionPart.Namespace ? $"'{name}' matches no namespace of the input." : $"'{name}' matches nothing in the input; {ExpectedEnd}";

    /// <summary>An input holds nobody to ask about.</summary>
    /// <param name="part">Input, Reference, Difference or Simulation.</param>
    public virtual string NoInput(QuestionPart part) => part == QuestionPart.Simulation
        ? "There is nothing to simulate against: the input holds no workloads, pods or policies."
        : "The input holds no workloads, pods or policies.";

    /// <summary>The name of a part for programs that read the diagnostic.</summary>
    public virtual string NameOf(QuestionPart part) => part.ToString();
}
