namespace NetPolTools.Live;

/// <summary>A way to a cluster: asks for paths of its API, with GET alone. Several threads may use one at a time.</summary>
public interface IClusterReader
{
    /// <summary>What messages and locations call the cluster.</summary>
    string Name { get; }

    /// <param name="path">With its query, such as <c>/api/v1/pods?limit=500</c>.</param>
    /// <param name="read">Given the answer, where there is one, while it is still arriving; reads it to its end.</param>
    /// <param name="cancellation">Ends it, with an <see cref="OperationCanceledException"/>.</param>
    ReadOutcome Get(string path, Action<Stream> read, CancellationToken cancellation);
}
