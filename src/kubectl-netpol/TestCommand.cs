using System.CommandLine;
using NetPolTools.Asking;
using NetPolTools.Cni;
using NetPolTools.Diagnostics;
using NetPolTools.Explaining;
using NetPolTools.Listing;
using NetPolTools.Reachability;
using NetPolTools.Services;
using NetPolTools.Snapshot;
using NetPolTools.Text;

namespace NetPolTools.Kubectl;

/// <summary><c>kubectl netpol test PATH… --from A --to B</c>: one question for scripts, answered by the exit code.</summary>
internal static class TestCommand
{
    public static Command Create(Terminal terminal)
    {
        var input = new InputOptions();
        var explain = new Option<bool>("--explain") { Description = "Tell the reasons: which rules of which policies allow it, or what the nearest rules lack." };
        var anyPod = new Option<bool>("--any-pod") { Description = "A Service counts as reachable where any pod behind it is, and not only where all are." };
        var connections = new ConnectionOptions();
        var evaluation = new EvaluationOptions("names in --from and --to that name no namespace are looked for there", withBy: false, withCni: true);

        var command = new Command(
            "test",
            "Tell whether one end may reach another: one workload or pod, a whole namespace as name/*, a label selector, an address; as a destination also a "
                + "Service. Exit codes: 0 reachable, 3 not reachable, 1 answered although some input was bad, or what may decide it is not evaluated or not in the input, 2 not answered, such as for a name that matches "
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
            connections.Query(result, GroupBy.Pod),
            evaluation.OnPlugin(result),
            result.GetValue(explain),
            result.GetValue(anyPod),
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
        bool anyPodWillDo,
        Terminal terminal,
        CancellationToken cancellation)
    {
        var snapshot = ManifestInput.Read(input, ns, terminal, cancellation);
        terminal.Say("Evaluating");
        var evaluation = evaluate(snapshot);
        var map = ReachabilityMap.Compile(snapshot, evaluation.Options, cancellation);
        Diagnostic[] notThere = [.. ns.NotIn(snapshot), .. ConnectionOptions.PortNames(query)];
        var answer = ReachabilityQuestion.Ask(map, query.From[0].In(ns.Only), query.To[0].In(ns.Only), new AskedPorts(query.Ports, query.PortNames), anyPodWillDo, out var problems);
        terminal.Tell([
            .. snapshot.Diagnostics,
            .. evaluation.Diagnostics,
            .. notThere.Length > 0 ? notThere : snapshot.HoldsPods ? problems.Select(static problem => problem.Problem) : [],
            .. answer is { Undetermined.IsEmpty: false } open ? [ReachabilityQuestion.Undetermined(map, $"{query.From[0]}", $"{query.To[0]}", open)] : Array.Empty<Diagnostic>(),
        ]);
        if (answer is not { Undetermined.IsEmpty: true } || notThere.Length > 0 || !snapshot.HoldsPods)
            return ExitCode.NotAnswered;

        using var output = terminal.OpenOutput();
        output.WriteLine(Sentence(query, answer));
        if (answer.Because is not null)
            output.WriteLine($"    {Printable.Of(answer.Because)}");
        else if (explain)
            WriteReasons(output, new Explainer(map).Explain(answer.Example.Source, answer.Example.Destination, answer.AskedPorts));
        foreach (var note in answer.Notes.Concat(answer.Doubts.Select(static doubt => doubt.Text)))
            output.WriteLine($"    note: {note}");
        return answer.Doubts.Count > 0
            ? ExitCode.AnsweredWithBadInput
            : Answering.ExitCodeOf(snapshot.Diagnostics, answer.IsAllowed ? ExitCode.Answered : ExitCode.NotReachable);
    }

    private static string Sentence(ConnectionQuery query, ReachabilityAnswer answer) => answer switch
    {
        { ServicePods: ( > 0 and var reached, var all) } when reached < all => $"{query.From[0]} may reach only {reached} of {all} pods of {query.To[0]}: {answer.Ports}",
        { IsAllowed: true } => $"{query.From[0]} may reach {query.To[0]}: {answer.Ports}",
        _ => $"{query.From[0]} may not reach {query.To[0]}",
    };

    private static void WriteReasons(TextWriter output, Explanation explanation)
    {
        foreach (var line in explanation.Lines())
            output.WriteLine($"    {line}");
    }
}
