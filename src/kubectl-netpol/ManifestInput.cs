using System.CommandLine;
using System.CommandLine.Parsing;
using NetPolTools.Asking;
using NetPolTools.Dialects;
using NetPolTools.Reading;
using NetPolTools.Snapshot;
using NetPolTools.Text;
using NetPolTools.Validation;
using NetPolTools.Yaml;

namespace NetPolTools.Kubectl;

/// <summary>What a command line asks about.</summary>
/// <param name="Paths">Manifests; none where a cluster is read.</param>
/// <param name="Version">The version of Kubernetes that is to take the manifests; null for the newest, or that of the cluster that they are applied to.</param>
internal sealed record CommandInput(string[] Paths, ClusterInput? Cluster = null, KubernetesVersion? Version = null)
{
    /// <summary>Whether nothing is to be read.</summary>
    public bool IsNone => Paths.Length == 0 && Cluster is null;

    /// <summary>Given the text of standard input by its name, where somebody wants it beside what is read from it.</summary>
    public Action<string, string>? OnText { get; init; }

    /// <summary>Which files of folders are read.</summary>
    public FileFilter Files { get; init; } = FileFilter.All;
}

/// <summary>The input of a command line as a snapshot.</summary>
internal static class ManifestInput
{
    public const string PathDescription = "Manifests, YAML or JSON: files, folders (with everything below), wildcards, or - for standard input.";

    public static Argument<string[]> PathsArgument()
    {
        var paths = new Argument<string[]>("PATH") { Description = PathDescription, Arity = ArgumentArity.ZeroOrMore };
        paths.Validators.Add(RefuseUnknownOptions);
        return paths;
    }

    /// <summary>A misspelt option would otherwise be one more path, and its filter missing from the answer.</summary>
    public static void RefuseUnknownOptions(ArgumentResult result)
    {
        foreach (var token in result.Tokens.Where(static token => token.Value.Length > 1 && token.Value[0] == '-'))
        {
            var known = result.Parent is CommandResult { Command: var command } ? command.Options.Select(static option => option.Name) : [];
            var meant = NearestNames.Question(NearestNames.Of(token.Value.Split('=')[0], known));
            result.AddError($"There is no option '{token.Value}'{(meant.Length > 0 ? "." + meant : "; --help lists them.")} For a path that begins with a "
                + $"dash, write ./{token.Value}.");
        }
    }

    /// <summary>Whatever the input holds. Whether it is enough is for the question to decide; what is wrong with it is among its diagnostics.</summary>
    /// <param name="input">Where to read.</param>
    /// <param name="ns">The namespace asked about.</param>
    /// <param name="terminal">Told what is read.</param>
    /// <param name="cancellation">Ends the reading.</param>
    public static ClusterEvaluator Read(CommandInput input, AskedNamespace ns, Terminal terminal, CancellationToken cancellation)
    {
        TryRead(input, ns, terminal, cancellation, out var cluster);
        return cluster;
    }

    /// <summary>
    /// The second of two inputs, as <see cref="Read"/> gives it. Of files with the same bytes, in which nothing is wrong, the first says what the second holds.
    /// </summary>
    /// <param name="input">The second.</param>
    /// <param name="first">The first.</param>
    /// <param name="cluster">What it holds.</param>
    /// <param name="ns">The namespace asked about.</param>
    /// <param name="terminal">Told what is read.</param>
    /// <param name="cancellation">Ends the reading.</param>
    public static ClusterEvaluator ReadSecond(
        CommandInput input, CommandInput first, ClusterEvaluator cluster, AskedNamespace ns, Terminal terminal, CancellationToken cancellation) =>
        (input.Cluster, first.Cluster, input.Paths, first.Paths) is (null, null, [var path], [var other])
            && input.Version == first.Version
            && input.Files.TakesEverything && first.Files.TakesEverything
            && Path.GetExtension(path) == Path.GetExtension(other)
            && cluster.Snapshot.ReadingDiagnostics.Count == 0
            && !terminal.IsVerbose
            && EqualFiles.Are(path, other, cancellation)
                ? new ClusterEvaluator(cluster.Snapshot)
                : Read(input, ns, terminal, cancellation);

    /// <inheritdoc cref="Read"/>
    /// <returns>Whether it could be read, as far as it is a cluster; where not, the diagnostics of the input say why, and it holds nothing.</returns>
    public static bool TryRead(CommandInput input, AskedNamespace ns, Terminal terminal, CancellationToken cancellation, out ClusterEvaluator cluster)
    {
        var builder = new ClusterSnapshotBuilder();
        var started = terminal.Time.GetTimestamp();
        var read = new InputNames(terminal);
        var passedOver = new List<string>();
        var reader = new ManifestReader(builder, AllDialects.Kinds, Options(input, ns) with
        {
            OpenStandardInput = () => input.OnText is null ? terminal.OpenInput() : KeptInput(terminal, input.OnText),
            Files = input.Files,
            OnPassedOver = line => passedOver.Add(line),
            Progress = read,
        });
        foreach (var path in input.Paths)
            reader.ReadPath(path, cancellation);
        var reading = input.Cluster?.Reading(ns.Only, terminal.Kubectl);
        var isRead = reading?.ReadInto(builder, terminal.Say, cancellation) != false;
        builder.KubernetesVersion = reading?.Version ?? builder.KubernetesVersion;
        var snapshot = builder.Build();
        cluster = new ClusterEvaluator(snapshot);
        if (terminal.IsVerbose)
        {
            if (input.Cluster is { } named)
                read.Names.Add($"context {named.Connection.Name}");
            foreach (var line in ReadingSummary.Of(snapshot, read.Names, terminal.Time.GetElapsedTime(started)))
                terminal.Tell(line);
            foreach (var line in passedOver)
                terminal.Tell(line);
        }

        return isRead;
    }

    /// <summary>How the objects of an input are read.</summary>
    public static ManifestReaderOptions Options(CommandInput input, AskedNamespace ns) => new(static (text, file) => new YamlTokenReader(text, file))
    {
        DefaultNamespace = ns.OfObjects,
        KubernetesVersion = input.Version,
    };

    private static MemoryStream KeptInput(Terminal terminal, Action<string, string> onText)
    {
        var kept = new MemoryStream();
        using (var stream = terminal.OpenInput())
            stream.CopyTo(kept);
        kept.Position = 0;
        onText(ManifestReader.StandardInputName, new StreamReader(kept, leaveOpen: true).ReadToEnd());
        kept.Position = 0;
        return kept;
    }

    /// <summary>Remembers the inputs that reading reports.</summary>
    private sealed class InputNames(IProgress<ReadingProgress> progress) : IProgress<ReadingProgress>
    {
        public List<string> Names { get; } = [];

        public void Report(ReadingProgress value)
        {
            if (Names.Count == 0 || Names[^1] != value.Input)
                Names.Add(value.Input);
            progress.Report(value);
        }
    }
}
