using System.CommandLine;
using NetPolTools.Reading;
using NetPolTools.Snapshot;
using NetPolTools.Yaml;

namespace NetPolTools.Kubectl;

/// <summary>The paths of a command line as a snapshot.</summary>
internal static class ManifestInput
{
    public const string PathDescription = "Manifests, YAML or JSON: files, folders (with everything below), wildcards, or - for standard input.";

    public static Argument<string[]> PathsArgument() => new("PATH") { Description = PathDescription, Arity = ArgumentArity.OneOrMore };

    public static ClusterSnapshot Read(string[] paths, string defaultNamespace, IProgress<ReadingProgress> progress, CancellationToken cancellation)
    {
        var builder = new ClusterSnapshotBuilder();
        var reader = new ManifestReader(builder, new ManifestReaderOptions(static (text, file) => new YamlTokenReader(text, file))
        {
            DefaultNamespace = defaultNamespace,
            OpenStandardInput = Console.OpenStandardInput,
            Progress = progress,
        });
        foreach (var path in paths)
            reader.ReadPath(path, cancellation);
        return builder.Build();
    }

    /// <summary>Whether there is anyone to ask about.</summary>
    public static bool HoldsAnything(ClusterSnapshot snapshot) => snapshot.Pods.Count > 0 || snapshot.Workloads.Count > 0 || snapshot.NetworkPolicies.Count > 0;
}
