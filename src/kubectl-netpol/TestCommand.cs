using System.CommandLine;
using NetPolTools.Asking;
using NetPolTools.Explaining;
using NetPolTools.Listing;
using NetPolTools.Text;

namespace NetPolTools.Kubectl;

/// <summary><c>kubectl netpol test PATH… --from A --to B</c>: one question for scripts, answered by the exit code.</summary>
internal static class TestCommand
{
    public static Command Create(Terminal terminal)
    {
        var input = new InputOptions();
        var explain = new Option<bool>(
            "--explain")
        { Description = "Tell the reasons: which rules of which policies allow it, or what the nearest rules lack." };
        var anyPod = new Option<bool>("--any-pod") { Description = "A Service counts as reachable where any pod behind it is, and not only where all are." };
        var connections = new ConnectionOptions();
        var evaluation = new EvaluationOptions("names in --from and --to that name no namespace are looked for there", withBy: false, withCni: true);

        var command = new Command(
            "test",
            "Tell whether one end may reach another: one workload or pod, a whole namespace as name/*, a label selector, an address; as a destination also a "
                + "Service. Exit codes: 0 reachable, 3 not reachable, 1 answered although some input was bad, or what may decide it is not evaluated or "
                    + "not in the input, 2 not answered, such as for a name that matches "
                + "nothing or several workloads.")
        {
            explain, anyPod,
        };
        input.AddTo(command);
        connections.AddTo(command);
        evaluation.AddTo(command);
        command.Validators.Add(result =>
        {
            if (!connections.NamesOneEach(result))
                result.AddError("The question needs one --from and one --to.");
        });
        command.SetAction((result, cancellation) => Answering.Run(terminal, () => Answer(
            input.Input(result),
            evaluation.Namespace(result),
            Question(connections.Query(result, GroupBy.Pod)) with
            {
                AnyPodWillDo = result.GetValue(anyPod),
                Namespaces = evaluation.Namespace(result).Only,
                Assumptions = evaluation.Assumptions(result),
            },
            result.GetValue(explain),
            terminal,
            cancellation)));
        return command;
    }

    private static TestQuestion Question(ConnectionQuery query) => new(query.From, query.To) { Ports = query.Ports, PortNames = query.PortNames };

    private static int Answer(
        CommandInput input,
        AskedNamespace ns,
        TestQuestion question,
        bool explain,
        Terminal terminal,
        CancellationToken cancellation)
    {
        var cluster = ManifestInput.Read(input, ns, terminal, cancellation);
        terminal.Say("Evaluating");
        if (ns.Name is null)
            question = question with { ContextNamespace = input.Cluster?.Namespace() };
        var answer = question.Ask(cluster, CommandLineWords.Default, cancellation);
        terminal.TellSettings(cluster, question.Assumptions);
        terminal.Tell(answer.AllDiagnostics());
        if (!answer.IsWhole)
            return ExitCode.NotAnswered;

        var tested = answer.Value!;
        using var output = terminal.OpenOutput();
        output.WriteLine(Sentence(question.From[0], question.To[0], tested));
        if (tested.Because is not null)
            output.WriteLine($"    {Printable.Of(tested.Because)}");
        else if (explain)
            WriteReasons(output, tested.Explain());
        foreach (var note in tested.Notes.Concat(tested.Doubts.Select(static doubt => doubt.Text)))
            output.WriteLine($"    note: {note}");
        return Answering.ExitCodeOf(answer.Status, tested.IsAllowed ? ExitCode.Answered : ExitCode.NotReachable);
    }

    private static string Sentence(EndpointPattern from, EndpointPattern to, TestedReachability tested) => tested switch
    {
        { ServicePods: ( > 0 and var reached, var all) } when reached < all => $"{from} may reach only {reached} of {all} pods of {to}: {tested.Ports}",
        { IsAllowed: true } => $"{from} may reach {to}: {tested.Ports}",
        _ => $"{from} may not reach {to}",
    };

    private static void WriteReasons(TextWriter output, Explanation explanation)
    {
        foreach (var line in explanation.Lines())
            output.WriteLine($"    {line}");
    }
}
