using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using NetPolTools.Benchmarks;

// "generate" and "run" serve "scale", which times whole processes; "scan" compares reading with bare scans; "commands" times every command of the
// published plugin; anything else goes to BenchmarkDotNet, which times the parts.
switch (args)
{
    case ["generate", var name, var target, ..]:
        using (var stream = File.Create(target))
        {
            var cluster = new GeneratedCluster(ClusterShape.Named(name).Scaled(args.Length > 3 ? double.Parse(args[3]) : 1));
            if (Path.GetExtension(target) == ".json")
                cluster.WriteJson(stream, isIndented: args[^1] == "indented");
            else
                cluster.WriteYaml(stream);
        }

        return 0;
    case ["run", _, ..]:
        return MeasuredRun.Run(args[1..]);
    case ["scan", var file]:
        return ScanRun.Run(file);
    case ["commands", _, ..]:
        return CommandsRun.Run(args[1..]);
    case ["scale", ..]:
        return ScaleRun.Run(args[1..]);
}

// In process: the library's own toolchains do not know this framework's name yet.
var config = DefaultConfig.Instance.AddJob(Job.ShortRun.WithToolchain(InProcessEmitToolchain.Instance));
BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args.Length == 0 ? ["--filter", "*"] : args, config);
return 0;
