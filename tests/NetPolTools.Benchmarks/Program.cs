using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using NetPolTools.Benchmarks;

// "process" times kubectl-netpol as a whole; anything else goes to BenchmarkDotNet, which times the parts.
if (args is ["process", ..])
    return WholeProcess.Run();

// In process: the library's own toolchains do not know this framework's name yet.
var config = DefaultConfig.Instance.AddJob(Job.ShortRun.WithToolchain(InProcessEmitToolchain.Instance));
BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args.Length == 0 ? ["--filter", "*"] : args, config);
return 0;
