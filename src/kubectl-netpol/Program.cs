using System.CommandLine;
using NetPolTools.Kubectl;

var root = new RootCommand("Who can talk to whom in a Kubernetes cluster, on which ports, as its NetworkPolicies say.")
{
    ReachCommand.Create(),
    DiffCommand.Create(),
    IsolationCommand.Create(),
};
var command = root.Parse(args);
var exitCode = await command.InvokeAsync();

// For arguments it does not understand the library has 1, which here means that the input was bad.
return command.Errors.Count > 0 && exitCode == 1 ? ExitCode.NotAnswered : exitCode;
