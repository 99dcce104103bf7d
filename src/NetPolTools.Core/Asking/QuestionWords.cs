using NetPolTools.Snapshot;
using NetPolTools.Text;

namespace NetPolTools.Asking;

/// <summary>
/// The sentences about the parts of a question. A face overrides them where it has names of its own for these parts; what there is to say, and
/// when, is decided by the questions alone.
/// </summary>
public class QuestionWords
{
    /// <summary>What may stand as a source or destination.</summary>
    private const string ExpectedEnd =
        "expected a workload or pod as name, namespace/name or kind/name, a label selector, an IP address, a CIDR block, node/name or outside; "
            + "as a destination, also a Service as svc/name or namespace/svc/name.";

    private const string Remedy = "Add them, such as with kubectl get pods,namespaces,networkpolicies -A -o yaml.";

    /// <summary>The words of no face in particular.</summary>
    public static readonly QuestionWords Plain = new();

    /// <summary>A filter of the question matches nothing.</summary>
    /// <param name="part">From, To or Namespace.</param>
    /// <param name="name">As it was given.</param>
    /// <param name="meant">The names that may be meant, best first.</param>
    public virtual string NoMatch(QuestionPart part, string name, IReadOnlyList<string> meant) => part switch
    {
        QuestionPart.Namespace => $"'{name}' matches no namespace of the input.{NearestNames.Question(meant)}",
        QuestionPart.RemovePolicy => meant.Count > 0
            ? $"'{name}' matches no policy of the input.{NearestNames.Question(meant)}"
            : $"'{name}' matches no policy of the input; expected a name, namespace/name, kind/name or kind/namespace/name.",
        QuestionPart.Workload when meant.Count == 0 =>
            $"'{name}' matches nothing in the input; expected a workload or pod as name, namespace/name or kind/name, a label selector, or the IP address "
                + "of a pod.",
        _ => $"'{name}' matches nothing in the input{Advice(name, meant)}",
    };

    /// <summary>What to write instead of the name of an end that matches nothing: the end of a sentence, and another one.</summary>
    protected internal static string Advice(string name, IReadOnlyList<string> meant) =>
        meant.Count > 0 ? $".{NearestNames.Question(meant)}"
        : NamesMeant.IsHost(name) ? "; names of hosts are not looked up: expected an IP address, a CIDR block or outside."
        : $"; {ExpectedEnd}";

    /// <summary>A port by its name, where the question is not about a Service.</summary>
    public virtual string PortName(string name) =>
        $"'{name}' is the name of a port, and only ports of Services are asked about by name; name the Service as svc/name, or give the number of a port.";

    /// <summary>An input holds nobody to ask about.</summary>
    /// <param name="part">Input, Reference, Difference or Simulation.</param>
    /// <param name="input">What it holds.</param>
    public virtual string NoInput(QuestionPart part, ClusterSnapshot input)
    {
        var instead = input.NetworkPolicies.Count switch
        {
            0 => "",
            1 => ", only a NetworkPolicy",
            var count => $", only {count} NetworkPolicies",
        };
        var nobody = $"{NameOfInput(part)} holds no pod and no workload{instead}";
        return part == QuestionPart.Simulation
            ? $"There is nothing to simulate against: {char.ToLowerInvariant(nobody[0])}{nobody[1..]}. {Remedy}"
            : $"{nobody}, so there is nobody to tell about. {Remedy}";
    }

    /// <summary>How sentences begin that are about an input.</summary>
    protected virtual string NameOfInput(QuestionPart part) => "The input";

    /// <summary>The name of a part for programs that read the diagnostic.</summary>
    public virtual string NameOf(QuestionPart part) => part.ToString();
}
