using NetPolTools.Asking;
using NetPolTools.Causes;
using NetPolTools.Explaining;

namespace NetPolTools.Output;

/// <summary>Which change between two states of a cluster made a connection fail, or possible.</summary>
public sealed class NetPolCause
{
    internal NetPolCause(string from, string to, CauseAnswer answer)
    {
        (From, To) = (from, to);
        (ReachableBefore, ReachableAfter) = (answer.Before.IsAllowed, answer.After.IsAllowed);
        (PortsBefore, PortsAfter) = (new NetPolPorts(answer.Before.Ports), new NetPolPorts(answer.After.Ports));
        (Outcome, Conclusion, IsSmallest) = (answer.Outcome.ToString(), answer.Sentence, answer.IsSmallest);
        Changes = NetPolList.Texts(answer.Causes.SelectMany(static set => set).Select(static change => new NetPolClusterChange(change)));
        AreAlternatives = answer.Causes.Count > 1;
        Explanation = answer.After.Because is null ? answer.After.Explain() : null;
        Reason = answer.After.Because ?? string.Join("; ", answer.After.Explain().Lines().Select(static line => line.Trim()));
    }

    /// <summary>The source as it was asked for.</summary>
    public string From { get; }

    /// <summary>The destination as it was asked for.</summary>
    public string To { get; }

    public bool ReachableBefore { get; }

    public bool ReachableAfter { get; }

    /// <summary>Those of the ports asked about that were allowed.</summary>
    public NetPolPorts PortsBefore { get; }

    /// <summary>Those that are allowed now.</summary>
    public NetPolPorts PortsAfter { get; }

    /// <summary>Found, DeniedBefore, StillAllowed or NotGoverned.</summary>
    public string Outcome { get; }

    /// <summary>The same as a sentence.</summary>
    public string Conclusion { get; }

    /// <summary>The changes that make the difference; empty where none does.</summary>
    public NetPolList<NetPolClusterChange> Changes { get; }

    /// <summary>Whether each of the changes makes the difference by itself, and not all of them together.</summary>
    public bool AreAlternatives { get; }

    /// <summary>Whether no fewer changes would do.</summary>
    public bool IsSmallest { get; }

    /// <summary>Why it is so after, in one text.</summary>
    public string Reason { get; }

    /// <summary>The same in both directions; null where no policy is asked.</summary>
    public Explanation? Explanation { get; }

    /// <summary>The changes, or the conclusion where there are none.</summary>
    public override string ToString() => Changes.Count > 0 ? Changes.ToString() : Conclusion;
}

/// <summary>A change between two states of a cluster that can be undone by itself.</summary>
public sealed class NetPolClusterChange
{
    private readonly string _text;

    internal NetPolClusterChange(SnapshotChange change)
    {
        Change = change.Kind.ToString();
        (Kind, Namespace, Name) = (change.Object.Kind, change.Object.Namespace ?? "", change.Object.Name);
        Details = NetPolList.Texts(change.Details);
        Location = change.Location.IsKnown ? change.Location.ToString() : "";
        _text = change.ToString();
    }

    /// <summary>Added, Removed or Changed.</summary>
    public string Change { get; }

    /// <summary>
    /// NetworkPolicy, Namespace, Service and so on; a workload stands for its pods too, and NetworkPlugin for all that the plugin is made of.
    /// </summary>
    public string Kind { get; }

    /// <summary>Empty for kinds that have none.</summary>
    public string Namespace { get; }

    public string Name { get; }

    /// <summary>What is different, such as a label; empty where the object is new or gone, and for policies.</summary>
    public NetPolList<string> Details { get; }

    /// <summary>Where the object stands, as file:line:column; empty where that is not known.</summary>
    public string Location { get; }

    /// <summary><c>~NetworkPolicy shop/db (policies.yaml:38:1)</c>.</summary>
    public override string ToString() => _text;
}
