namespace NetPolTools.Benchmarks;

/// <summary>A command of the plugin as it is measured beside <c>test</c>, which reads the same input and asks one question.</summary>
/// <param name="Arguments">With FILE for the cluster, INTENTS for a file of intents, CHANGED for the same one without one of its policies and workloads, and
/// FLOWS for records of traffic in it.</param>
/// <param name="Goal">How many times as long as <c>test</c> it may take.</param>
/// <param name="PeakMegabytes">What it may take of memory for 100,000 pods under 75,000 policies.</param>
internal sealed record MeasuredCommand(string Arguments, double Goal, int PeakMegabytes = 800)
{
    /// <summary>What the others are compared with.</summary>
    public static MeasuredCommand Test { get; } = new("test FILE --from ns-0/app-0 --to ns-0/app-1", 1);

    /// <summary>Every command has one or more. <c>test</c> is the first.</summary>
    public static IReadOnlyList<MeasuredCommand> All { get; } =
    [
        Test,
        new("reach FILE --to ns-0/app-0 -o csv", 1.2),
        new("reach FILE --from ns-0/app-0 -o csv", 1.2),
        new("isolation FILE -o csv", 1.5),
        new("isolation FILE --by namespace -o csv", 1.5),
        new("paths FILE --from ns-0/app-0 -o csv", 2),
        new("paths FILE --from ns-0/app-0 --summary", 2),
        new("check FILE --intents INTENTS", 2),
        new("repair FILE --from ns-0/app-0 --to ns-0/app-1 --port 9999/TCP", 2),
        new("exposure FILE --workload ns-0/app-0 -o csv", 2),
        new("cni FILE", 1.2),
        new("lint FILE", 2),
        new("lint FILE -o sarif", 2.5),
        new("report FILE", 2),
        new("diff FILE FILE -o csv", 2, 1200),
        new("diff FILE CHANGED -o csv", 2.5, 1200),
        new("why FILE CHANGED --from ns-0/app-0 --to ns-0/app-1", 2.5, 1200),
        new("traffic FILE --flows FLOWS", 1.5),
        new("deny ns-0 -f FILE --allow-dns", 2),
        new("deny ns-0 -f FILE --allow-dns --simulate", 2.5, 1200),
    ];

    /// <summary>The word by which the plugin knows the command.</summary>
    public string Command => Arguments[..Arguments.IndexOf(' ')];

    /// <summary>Those of some commands that nobody measures.</summary>
    /// <param name="commands">The plugin's own list of its commands.</param>
    public static IReadOnlyList<string> NotMeasured(IEnumerable<string> commands) =>
        [.. commands.Where(static command => All.All(measured => measured.Command != command))];

    /// <summary>The words of the command line.</summary>
    /// <param name="file">The cluster.</param>
    /// <param name="changed">The changed one.</param>
    /// <param name="flows">Records of traffic between its workloads.</param>
    public string[] On(string file, string changed, string flows) =>
        [.. Arguments.Split(' ').Select(word => word switch { "FILE" => file, "CHANGED" => changed, "FLOWS" => flows, "INTENTS" => Intents(file), _ => word })];

    /// <summary>A thousand intents of every sort, beside the cluster.</summary>
    private static string Intents(string file)
    {
        var intents = Path.Combine(Path.GetDirectoryName(file)!, "intents.yaml");
        if (!File.Exists(intents))
        {
            File.WriteAllLines(intents, Enumerable.Range(0, 200).SelectMany(static i => new[]
            {
                $"- ns-{i}/app-0 -> ns-{i}/app-1: any port",
                $"- outside -> ns-{i}/app-2: not TCP 22",
                $"- nothing -> ns-{i}/app-3: TCP 22",
                $"- nothing else -> ns-{i}/app-0",
                $"- ns-{i}/* -> metadata addresses: nothing",
            }).Prepend("intents:"));
        }

        return intents;
    }
}
