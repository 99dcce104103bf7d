using NetPolTools.Asking;
using NetPolTools.Reports;

namespace NetPolTools.Output;

/// <summary>A change of policies or labels that does what was asked for, and what else comes of it.</summary>
public sealed class NetPolRepair
{
    private readonly string _text;
    private readonly Lazy<string> _patch;

    internal NetPolRepair(int order, Repair repair, string yaml, Lazy<string> patch, bool isFixed)
    {
        _text = repair.ToString();
        Order = order;
        Kinds = NetPolList.Texts(repair.Steps.Select(static step => step.Kind.ToString()));
        Steps = NetPolList.Texts(repair.Steps.Select(static step => step.ToString()));
        Effect = repair.Effect;
        OpensBesides = NetPolList.Texts(repair.OpensBesides.Select(static change => RepairTextWriter.Line(change, change.After)));
        ClosesBesides = NetPolList.Texts(repair.ClosesBesides.Select(static change => RepairTextWriter.Line(change, change.Before)));
        LeavesOpen = NetPolList.Texts(
            repair.LeavesOpen.Select(static change => RepairTextWriter.Line(change, change.UndeterminedAfter.Union(change.UndeterminedBefore))));
        IsCut = repair.IsCut;
        Yaml = yaml;
        _patch = patch;
        IsFixed = isFixed;
    }

    /// <summary>From 1, the best first: with the fewest side effects, then the smallest.</summary>
    public int Order { get; }

    /// <summary>What each step changes: AddPort, AddPeer, NarrowRule, AddRule, AddLabel or AddPolicy.</summary>
    public NetPolList<string> Kinds { get; }

    /// <summary>What to do, a sentence each; all of them together.</summary>
    public NetPolList<string> Steps { get; }

    /// <summary>What it does besides, in a few words.</summary>
    public string Effect { get; }

    /// <summary>Connections that it opens and that were not asked for, a line each.</summary>
    public NetPolList<string> OpensBesides { get; }

    /// <summary>Connections that it closes and that were not asked for, a line each.</summary>
    public NetPolList<string> ClosesBesides { get; }

    /// <summary>Connections of which nothing tells whether they are allowed, otherwise than before.</summary>
    public NetPolList<string> LeavesOpen { get; }

    /// <summary>Whether it changes more connections than the thousand that are listed.</summary>
    public bool IsCut { get; }

    /// <summary>The policies that it changes or adds, as they are to be.</summary>
    public string Yaml { get; }

    /// <summary>The change as a patch of files, as they are when it is first asked for, or as commands for kubectl; of a new policy the policy.</summary>
    public string Patch => _patch.Value;

    /// <summary>Whether -Fix has made it.</summary>
    public bool IsFixed { get; }

    public override string ToString() => _text;
}
