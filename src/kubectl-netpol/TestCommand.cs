using System.CommandLine;
using NetPolTools.Asking;
using NetPolTools.Cni;
using NetPolTools.Explaining;
using NetPolTools.Listing;
using NetPolTools.Reachability;
using NetPolTools.Snapshot;

namespace NetPolTools.Kubectl;

/// <summary><c>kubectl netpol test PATH… --from A --to B</c>: one question for scripts, answered by the exit code.</summary>
internal static class TestCommand
{
    public static Command Create(Terminal terminal)
    {
        var input = new InputOptions();
        var explain = new Option<bool>("--explain") { Description = "Tell the reasons: which rules of which policies allow it, or what the nearest rules lack." };
        var connections = new ConnectionOptions();
        var evaluation = new EvaluationOptions("names in --from and --to that name no namespace are looked for there", withBy: false, withCni: true);

        var command = new Command(
            "test",
            "Tell whether one end may reach another: one workload or pod, a whole namespace as name/*, a label selector, an address; as a destination also a "
                + "Service. Exit codes: 0 reachable, 3 not reachable, 1 answered although some input was bad, 2 not answered, such as for a name that matches "
                + "nothing or several workloads.")
        {
            explain,
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
            connections.Query(result, GroupBy.Pod),
            evaluation.OnPlugin(result),
            result.GetValue(explain),
            terminal,
            cancellation)));
        return command;
    }

    private static int Answer(
        CommandInput input,
        AskedNamespace ns,
        ConnectionQuery query,
        Func<ClusterSnapshot, CniEvaluation> evaluate,
        bool explain,
        Terminal terminal,
        CancellationToken cancellation)
    {
        var snapshot = ManifestInput.Read(input, ns, terminal, cancellation);
        terminal.Say("Evaluating");
        var evaluation = evaluate(snapshot);
        var map = ReachabilityMap.Compile(snapshot, evaluation.Options, cancellation);
        var notThere = ns.NotIn(snapshot);
        var answer = ReachabilityQuestion.Ask(map, query.From[0].In(ns.Only), query.To[0].In(ns.Only), query.Ports, out var problems);
        terminal.Tell([
            .. snapshot.Diagnostics,
            .. evaluation.Diagnostics,
            .. notThere.Length > 0 ? notThere : problems.Select(static problem => problem.Problem),
        ]);
        if (answer is null || notThere.Length > 0)
            return ExitCode.NotAnswered;

        using var output = terminal.OpenOutput();
        output.WriteLine(answer.IsAllowed ? $"{query.From[0]} may reach {query.To[0]}: {answer.Ports}" : $"{query.From[0]} may not reach {query.To[0]}");
        if (answer.Because is not null)
            output.WriteLine($"    {answer.Because}");
        else if (explain)
            WriteReasons(output, new Explainer(map).Explain(answer.Example.Source, answer.Example.Destination, query.Ports));
        return Answering.ExitCodeOf(snapshot.Diagnostics, answer.IsAllowed ? ExitCode.Answered : ExitCode.NotReachable);
    }

    private static void WriteReasons(TextWriter output, Explanation explanation)
    {
        foreach (var line in explanation.Lines())
            output.WriteLine($"    {line}");
    }
}
