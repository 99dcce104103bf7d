using NetPolTools.Explaining;
using NetPolTools.Listing;
using NetPolTools.Reachability;

namespace NetPolTools.Asking;

/// <summary>The connections that answer a question, with their reasons on request.</summary>
public sealed class ConnectionList
{
    private readonly ConnectionLister _lister;
    private readonly Lazy<Explainer> _explainer;

    internal ConnectionList(ReachabilityMap map, ConnectionLister lister)
    {
        _lister = lister;
        _explainer = new Lazy<Explainer>(() => new Explainer(map));
    }

    /// <inheritdoc cref="ConnectionLister.List"/>
    public IEnumerable<Connection> List(CancellationToken cancellation = default) => _lister.List(cancellation);

    /// <summary>Which rules of which policies allow a connection, or what the nearest rules lack.</summary>
    /// <param name="connection">Of this list.</param>
    public Explanation Explain(Connection connection) => _explainer.Value.Explain(connection);
}
