using System.CommandLine;
using System.CommandLine.Parsing;
using NetPolTools.Reading;
using NetPolTools.Snapshot;
using NetPolTools.Yaml;

namespace NetPolTools.Kubectl;

/// <summary>The paths of a command line as a snapshot.</summary>
internal static class ManifestInput
{
    public const string PathDescription = "Manifests, YAML or JSON: files, folders (with everything below), wildcards, or - for standard input.";

    public static Argument<string[]> PathsArgument() => PathsArgument(ArgumentArity.OneOrMore);

    public static Argument<string[]> PathsArgument(ArgumentArity arity)
    {
        var paths = new Argument<string[]>("PATH") { Description = PathDescription, Arity = arity };
        paths.Validators.Add(RefuseUnknownOptions);
        return paths;
    }

    /// <summary>A misspelt option would otherwise be one more path, and its filter missing from the answer.</summary>
    public static void RefuseUnknownOptions(ArgumentResult result)
    {
        foreach (var token in result.Tokens.Where(static token => token.Value.Length > 1 && token.Value[0] == '-'))
            result.AddError($"There is no option '{token.Value}'; --help lists them. For a path that begins with a dash, write ./{token.Value}.");
    }

    /// <summary>An input that holds nobody to ask about is an error.</summary>
    public static ClusterSnapshot Read(string[] paths, string defaultNamespace, IProgress<ReadingProgress> progress, CancellationToken cancellation)
    {
        var builder = Fill(paths, defaultNamespace, progress, cancellation);
        var snapshot = builder.Build();
        if (snapshot.HoldsAnything || snapshot.Diagnostics.Count > 0)
            return snapshot;
        builder.Report(new Diagnostic(DiagnosticId.NoManifests, DiagnosticSeverity.Error, "The input holds no workloads, pods or policies."));
        return builder.Build();
    }

    /// <summary>Whatever the input holds.</summary>
    public static ClusterSnapshot Collect(string[] paths, string defaultNamespace, IProgress<ReadingProgress> progress, CancellationToken cancellation) =>
        Fill(paths, defaultNamespace, progress, cancellation).Build();

    private static ClusterSnapshotBuilder Fill(string[] paths, string defaultNamespace, IProgress<ReadingProgress> progress, CancellationToken cancellation)
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
        return builder;
    }
}
