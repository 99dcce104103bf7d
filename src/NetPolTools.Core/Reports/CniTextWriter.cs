using NetPolTools.Cni;
using NetPolTools.Cni.Catalogue;
using NetPolTools.Text;

namespace NetPolTools.Reports;

/// <summary>The verdict on a cluster's network plugin, and the catalogue, as text for people.</summary>
public sealed class CniTextWriter(TextWriter output)
{
    public void Write(CniVerdict verdict)
    {
        Line("ENFORCED", verdict.Enforced.ToString());
        Line("PLUGIN", verdict.Names);
        Line("REASON", verdict.Reason);
        foreach (var plugin in verdict.Plugins)
        {
            output.Write($"\n{Printable.Of(plugin.ToString())}: {RoleOf(plugin)}\n");
            foreach (var piece in plugin.Evidence)
                Item(piece.IsHint ? "hint" : "proof", piece.ToString());
            foreach (var limit in plugin.Limits)
                Item("limit", $"{limit.Feature} {limit.Support.ToString().ToLowerInvariant()}: {limit.Limit.Text}{(limit.IsCertain ? "" : " (if so)")}");
            if (plugin.PolicyKinds.Count > 0)
                Item("own policies", string.Join(", ", plugin.PolicyKinds));
        }

        foreach (var hint in verdict.OtherHints)
            Item("hint", $"{hint} of {hint.Plugin}");
        foreach (var warning in verdict.Warnings)
            Line("\nNOTE", warning);
        foreach (var advice in verdict.Advice)
            Line("\nADVICE", advice);
    }

    /// <summary>Does it enforce? A line for each plugin of the catalogue.</summary>
    public void Write(IEnumerable<CatalogueEntry> entries)
    {
        var table = new TextTable(output, "PLUGIN", "ENFORCES NETWORKPOLICY", "OWN POLICIES");
        foreach (var entry in entries)
            table.Add(entry.Name, entry.Answer, string.Join(", ", entry.PolicyKinds.Select(GroupOf).Distinct()));
        table.Complete();
    }

    /// <summary>The API group of a kind of policies that is given as <c>plural.group</c>.</summary>
    public static string GroupOf(string policyKind) => policyKind[(policyKind.IndexOf('.') + 1)..];

    private static string RoleOf(DetectedPlugin plugin)
    {
        var role = plugin.Role switch
        {
            PluginRole.EnforcesOnly => "enforces on the network of another plugin",
            PluginRole.Secondary => "adds further interfaces to pods",
            PluginRole.Platform => "a platform with a network of its own",
            _ => "connects pods",
        };
        var enforces = plugin.Enforces switch
        {
            Enforcement.Yes => "policies have an effect",
            Enforcement.Partly => "policies have an effect on some nodes",
            Enforcement.No => "policies have no effect through it",
            _ => "whether policies have an effect is not known",
        };
        return $"{role}; {enforces}";
    }

    private void Line(string name, string text) => output.Write($"{name}: {Printable.Of(text)}\n");

    private void Item(string name, string text) => output.Write($"  {name}: {Printable.Of(text)}\n");
}
