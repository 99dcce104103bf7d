using System.CommandLine;
using System.CommandLine.Invocation;
using NetPolTools.Kubectl;

var root = new RootCommand("Who can talk to whom in a Kubernetes cluster, on which ports, as its NetworkPolicies say.")
{
    ReachCommand.Create(),
    TestCommand.Create(),
    DiffCommand.Create(),
    IsolationCommand.Create(),
    CniCommand.Create(),
    DenyCommand.Create(),
};
// A path may begin with @; it names no file of arguments.
var parsed = root.Parse(args, new ParserConfiguration { ResponseFileTokenReplacer = null });

// Enough to end the kubectls that read a cluster; a read of standard input that nothing comes through ends with the process.
if (parsed.Action is not ParseErrorAction wrongArguments)
    return await parsed.InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = TimeSpan.FromSeconds(2) });

// The library would print the help where data is expected, and exit with 1, which here says that there is an answer.
wrongArguments.ShowHelp = args.Length == 0;
await parsed.InvokeAsync();
return ExitCode.NotAnswered;
