using NetPolTools.Validation;

namespace NetPolTools.Reading;

/// <summary>Makes a reader over YAML text; the reader disposes of the text. Core has no YAML parser of its own.</summary>
public delegate ManifestTokenReader YamlReaderFactory(TextReader text, string file);

public sealed record ManifestReaderOptions(YamlReaderFactory OpenYaml)
{
    /// <summary>The namespace of objects that name none.</summary>
    public string DefaultNamespace { get; init; } = "default";

    /// <summary>The version whose API server is to take the objects, unless they come from a cluster; null for the newest that is known.</summary>
    public KubernetesVersion? KubernetesVersion { get; init; }

    /// <summary>What <c>-</c> reads; needed only where <c>-</c> is a path.</summary>
    public Func<Stream>? OpenStandardInput { get; init; }

    /// <summary>Which files of folders and wildcards are read.</summary>
    public FileFilter Files { get; init; } = FileFilter.All;

    /// <summary>Told in a sentence of each file that a folder or wildcard names and that is no manifest.</summary>
    public Action<string>? OnPassedOver { get; init; }

    /// <summary>Told of every file begun, and of long ones along the way.</summary>
    public IProgress<ReadingProgress>? Progress { get; init; }
}

/// <summary>How far the reading is.</summary>
/// <param name="Input">The file being read, as the user named it.</param>
/// <param name="BytesRead">Of all inputs so far.</param>
public readonly record struct ReadingProgress(string Input, long BytesRead);
