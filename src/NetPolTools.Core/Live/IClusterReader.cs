namespace NetPolTools.Live;

/// <summary>Lists the objects of a cluster, with read verbs alone. Several threads may use one at a time.</summary>
public interface IClusterReader
{
    /// <summary>What messages and locations call the cluster.</summary>
    string Name { get; }

    /// <summary>Sees whether the cluster can be read at all: whoever has to log in for that is asked once.</summary>
    /// <returns><see cref="ListStatus.Read"/> or <see cref="ListStatus.Failed"/>.</returns>
    ListOutcome Connect(CancellationToken cancellation);

    /// <summary>Lists the objects of a kind, in all namespaces.</summary>
    /// <param name="kind">The kind.</param>
    /// <param name="read">Given each chunk of the list as JSON, one after another, while it is still arriving; reads it to its end.</param>
    /// <param name="cancellation">Ends it, with an <see cref="OperationCanceledException"/>.</param>
    ListOutcome List(ClusterKind kind, Action<Stream> read, CancellationToken cancellation);
}
