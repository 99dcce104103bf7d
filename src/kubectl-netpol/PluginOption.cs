using System.CommandLine;

namespace NetPolTools.Kubectl;

/// <summary>An option that names a plugin of the catalogue.</summary>
internal static class PluginOption
{
    /// <param name="name">With its dashes.</param>
    /// <param name="description">For the help.</param>
    /// <param name="parse">Throws a FormatException for a name that means nothing.</param>
    public static Option<T?> Create<T>(string name, string description, Func<string, T> parse)
        where T : class => new(name)
        {
            Description = description,
            HelpName = "plugin",
            CustomParser = result => OptionText.ParseAll(result, parse).FirstOrDefault(),
        };
}
