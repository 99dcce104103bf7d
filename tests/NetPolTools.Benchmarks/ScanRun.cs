using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using NetPolTools.Dialects;
using NetPolTools.Reading;
using NetPolTools.Snapshot;
using NetPolTools.Yaml;
using YamlDotNet.Core;

namespace NetPolTools.Benchmarks;

/// <summary>How long reading an input takes beside what the libraries need to go through its tokens alone, in one process by turns.</summary>
internal static class ScanRun
{
    private const int Turns = 5;

    /// <summary>Prints the shortest of some turns of each.</summary>
    public static int Run(string file)
    {
        var size = new FileInfo(file).Length / 1e6;
        (string What, Action Work)[] contenders = Path.GetExtension(file) == ".json"
            ? [("Utf8JsonReader", () => ScanJson(file)), ("reading", () => Read(file))]
            : [("YamlDotNet's scanner", () => ScanYaml(file)), ("YamlDotNet's parser", () => ParseYaml(file)), ("reading", () => Read(file))];
        var shortest = contenders.ToDictionary(static contender => contender.What, static _ => (Whole: double.MaxValue, OfProcessors: double.MaxValue));
        for (var turn = 0; turn < Turns; turn++)
        {
            foreach (var (what, work) in contenders)
            {
                var (watch, ofProcessors) = (Stopwatch.StartNew(), Environment.CpuUsage.TotalTime);
                work();
                ofProcessors = Environment.CpuUsage.TotalTime - ofProcessors;
                shortest[what] = (
                    Math.Min(shortest[what].Whole, watch.Elapsed.TotalSeconds), Math.Min(shortest[what].OfProcessors, ofProcessors.TotalSeconds));
            }
        }

        foreach (var (what, seconds) in shortest)
        {
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{what,-21} {seconds.Whole,7:0.000} s {size / seconds.Whole,6:0} MB/s {size / seconds.OfProcessors,6:0} MB/s of one processor"));
        }

        return 0;
    }

    private static void ScanJson(string file)
    {
        var reader = new Utf8JsonReader(File.ReadAllBytes(file));
        while (reader.Read())
        {
        }
    }

    private static void ScanYaml(string file)
    {
        using var text = new StreamReader(file);
        var scanner = new Scanner(text);
        while (scanner.MoveNext())
        {
        }
    }

    private static void ParseYaml(string file)
    {
        using var text = new StreamReader(file);
        var parser = new Parser(text);
        while (parser.MoveNext())
        {
        }
    }

    private static void Read(string file) => new ManifestReader(
        new ClusterSnapshotBuilder(), AllDialects.Kinds, new ManifestReaderOptions(static (text, name) => new YamlTokenReader(text, name))).ReadPath(file);
}
