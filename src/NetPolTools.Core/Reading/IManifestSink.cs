using NetPolTools.Diagnostics;
using NetPolTools.Objects;

namespace NetPolTools.Reading;

/// <summary>Takes what the reading finds, in the order of the input.</summary>
public interface IManifestSink
{
    void Add(KubernetesObject found);

    void Report(Diagnostic diagnostic);

    /// <summary>An object of a kind that says nothing about traffic, passed over.</summary>
    void Skipped(string kind);

    /// <summary>What follows is a snapshot that was written to a file: where it is from. What its reading found is reported, too.</summary>
    void Describe(SnapshotOrigin origin)
    {
    }
}
