using System.CommandLine;
using System.CommandLine.Invocation;

namespace NetPolTools.Kubectl;

/// <summary>The tool as a function: arguments in, exit code out.</summary>
public static class Cli
{
    /// <summary>How long a command may take to end after Ctrl+C or SIGTERM before the process ends without it.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    /// <summary>The same where kubectls are to be ended first; on a busy machine, that takes its time.</summary>
    private static readonly TimeSpan PatienceWithKubectl = TimeSpan.FromSeconds(20);

    /// <summary>Runs one command.</summary>
    /// <param name="args">As given after the name of the tool.</param>
    /// <param name="terminal">What it reads and writes.</param>
    /// <param name="endsOnSignal">Whether Ctrl+C and SIGTERM end it; not in a process that does more than this.</param>
    /// <param name="cancellation">Ends the command early.</param>
    /// <returns>One of <see cref="ExitCode"/>.</returns>
    public static async Task<int> Run(IReadOnlyList<string> args, Terminal terminal, bool endsOnSignal, CancellationToken cancellation)
    {
        // A path may begin with @; it names no file of arguments.
        var root = Root(terminal);
        var verbose = new Option<bool>("--verbose") { Description = "Tell on standard error what was read, from where and in how long.", Recursive = true };
        root.Add(verbose);
        var parsed = root.Parse(args, new ParserConfiguration { ResponseFileTokenReplacer = null });

        // The library would print the help where data is expected, and exit with 1, which here says that there is an answer.
        if (parsed.Action is ParseErrorAction wrongArguments)
        {
            wrongArguments.ShowHelp = args.Count == 0;
            Print(parsed, wrongArguments.ShowHelp);
            return ExitCode.NotAnswered;
        }

        if (parsed.Action != parsed.CommandResult.Command.Action)
            return Print(parsed, withOutput: true);
        terminal.IsVerbose = parsed.GetValue(verbose);
        var patience = ClusterOptions.IsGivenTo(parsed.CommandResult) ? PatienceWithKubectl : Patience;
        return await parsed.InvokeAsync(Configuration(TextWriter.Null, endsOnSignal ? patience : null), cancellation);

        // Help, the version, what is wrong with the arguments: the library's own answers.
        int Print(ParseResult result, bool withOutput) => Answering.RunHere(terminal, () =>
        {
            using var output = withOutput ? terminal.OpenOutput() : TextWriter.Null;
            return result.Invoke(Configuration(output, onSignal: null));
        });

        // An error of the tool itself must not end in the library's exit code 1, which here says that there is an answer.
        InvocationConfiguration Configuration(TextWriter output, TimeSpan? onSignal) => new()
        {
            Output = output,
            Error = terminal.Errors,
            EnableDefaultExceptionHandler = false,
            ProcessTerminationTimeout = onSignal,
        };
    }

    /// <summary>Everything that the tool does, one command for each question.</summary>
    /// <param name="terminal">What the commands read and write.</param>
    public static RootCommand Root(Terminal terminal) => new("Who can talk to whom in a Kubernetes cluster, on which ports, as its NetworkPolicies say.")
    {
        ReachCommand.Create(terminal),
        TestCommand.Create(terminal),
        DiffCommand.Create(terminal),
        IsolationCommand.Create(terminal),
        PathsCommand.Create(terminal),
        TrafficCommand.Create(terminal),
        WhyCommand.Create(terminal),
        ExposureCommand.Create(terminal),
        LintCommand.Create(terminal),
        CheckCommand.Create(terminal),
        RepairCommand.Create(terminal),
        ReportCommand.Create(terminal),
        CniCommand.Create(terminal),
        DenyCommand.Create(terminal),
    };
}
