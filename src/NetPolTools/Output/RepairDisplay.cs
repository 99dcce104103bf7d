using System.Management.Automation;

namespace NetPolTools.Output;

/// <summary>What the format file's cells show of repairs.</summary>
public static class RepairDisplay
{
    /// <summary>A line for each step.</summary>
    public static string Steps(PSObject shown) => string.Join('\n', Shown.Texts(shown, nameof(NetPolRepair.Steps)));
}
