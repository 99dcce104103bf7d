using System.Management.Automation;
using NetPolTools.Input;
using NetPolTools.Output;
using NetPolTools.Reading;

namespace NetPolTools.Completion;

/// <summary>Reads what a command line already names, for completion: whatever is wrong with it is not said here.</summary>
internal static class CompletionInput
{
    public static IEnumerable<NetPolSnapshot> Of(IEnumerable<object> inputs)
    {
        var reading = Begin();
        foreach (var input in inputs)
            reading.AddObject(PSObject.AsPSObject(input));
        return [reading.Finish()];
    }

    /// <param name="paths">As typed: with wildcards, relative to the session's location.</param>
    /// <param name="largest">Bytes; nothing is completed from larger inputs.</param>
    public static IEnumerable<NetPolSnapshot> OfPaths(IEnumerable<string> paths, long largest)
    {
        var resolved = paths.SelectMany(CurrentSession.FilesOf).ToArray();
        if (resolved.Sum(SizeOf) > largest)
            return [];
        var reading = Begin();
        foreach (var path in resolved)
            reading.AddPath(path);
        return [reading.Finish()];
    }

    private static SnapshotInput Begin() => new(new ManifestReaderOptions(YamlBridge.Open), static (_, _) => { }, CancellationToken.None);

    private static long SizeOf(string path)
    {
        try
        {
            return File.Exists(path) ? new FileInfo(path).Length
                : Directory.Exists(path) ? new DirectoryInfo(path).EnumerateFiles("*", SearchOption.AllDirectories).Sum(static file => file.Length)
                : 0;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return 0;
        }
    }
}
