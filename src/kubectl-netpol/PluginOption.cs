using System.CommandLine;
using NetPolTools.Cni;

namespace NetPolTools.Kubectl;

/// <summary>An option that names a plugin of the catalogue.</summary>
internal static class PluginOption
{
    public static Option<PluginName?> Create(string name, string description) => new(name)
    {
        Description = description,
        HelpName = "plugin",
        CustomParser = static result =>
        {
            try
            {
                var (entry, version) = PluginCatalogue.Default.Parse(result.Tokens[0].Value);
                return new PluginName(entry, version);
            }
            catch (FormatException e)
            {
                result.AddError(e.Message);
                return null;
            }
        },
    };
}

/// <summary>A plugin of the catalogue, as a command line names it.</summary>
internal sealed record PluginName(CatalogueEntry Entry, PluginVersion? Version);
