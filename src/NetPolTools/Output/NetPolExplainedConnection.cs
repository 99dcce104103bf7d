using NetPolTools.Explaining;
using NetPolTools.Listing;

namespace NetPolTools.Output;

/// <summary>A connection with the reasons for its verdict.</summary>
public sealed class NetPolExplainedConnection : NetPolConnection
{
    internal NetPolExplainedConnection(Connection connection, Explanation explanation)
        : base(connection)
    {
        Explanation = explanation;
        Reasons = NetPolList.Texts(explanation.Lines());
    }

    /// <summary>The reasons as lines: which policies isolate, which rules allow, what the nearest rules lack. Egress first.</summary>
    public NetPolList<string> Reasons { get; }

    /// <summary>Both directions: which policies isolate, which rules allow, what the nearest rules lack. Reads as text.</summary>
    public Explanation Explanation { get; }
}
