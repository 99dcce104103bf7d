using NetPolTools.Kubectl;

// Enough to end the kubectls that read a cluster; a read of standard input that nothing comes through ends with the process.
return await Cli.Run(args, Terminal.OfProcess(), endsOnSignal: true, CancellationToken.None);
