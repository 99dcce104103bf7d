using NetPolTools.Cni.Catalogue;
using NetPolTools.Objects;
using NetPolTools.Text;

namespace NetPolTools.Cni;

/// <summary>An engine enforces where its agents are ready, and on no other node.</summary>
internal static class PluginReadiness
{
    /// <param name="plugin">What is known of it otherwise.</param>
    /// <param name="agents">Its DaemonSets.</param>
    /// <param name="nodes">How many nodes the input has; 0 where it has none.</param>
    public static DetectedPlugin Count(DetectedPlugin plugin, IReadOnlyList<PluginTrace> agents, int nodes)
    {
        PluginTrace[] counted = [.. agents.Where(static agent => agent is { Ready: not null, Desired: not null })];
        if (counted.Length == 0)
            return plugin;
        var (ready, desired) = (counted.Sum(static agent => agent.Ready!.Value), counted.Sum(static agent => agent.Desired!.Value));
        plugin = plugin with { Ready = ready, Desired = desired };
        if (plugin.Enforces != Enforcement.Yes)
            return plugin;

        var names = string.Join(", ", counted.Select(static agent => agent.Reference));
        if (desired == 0)
            return plugin with { Enforces = Enforcement.No, Because = $"{names} is to run on no node" };
        if (ready == 0)
            return plugin with
            {
                Enforces = Enforcement.No,
                Because = desired == 1 ? $"the one pod of {names} is not ready"
                : $"none of the {desired} pods of {names} is ready"
            };
        var all = Math.Max(desired, nodes);
        return ready < all
            ? plugin with
            {
                Enforces = Enforcement.Partly,
                Because = $"{names} is ready on {ready} of {Wording.Count(all, "node")}, and the others enforce nothing"
            }
            : plugin;
    }
}
