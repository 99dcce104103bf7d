using System.CommandLine;
using NetPolTools.Kubectl;

var root = new RootCommand("Who can talk to whom in a Kubernetes cluster, on which ports, as its NetworkPolicies say.")
{
    ReachCommand.Create(),
    DiffCommand.Create(),
    IsolationCommand.Create(),
};
return await root.Parse(args).InvokeAsync();
