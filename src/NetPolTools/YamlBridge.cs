using System.Runtime.CompilerServices;
using System.Runtime.Loader;
using NetPolTools.Reading;
using NetPolTools.Sources;
using NetPolTools.Writing;
using NetPolTools.Yaml;

namespace NetPolTools;

/// <summary>Loads NetPolTools.Yaml with the YamlDotNet it was built with into a load context of its own.</summary>
internal static class YamlBridge
{
    private const string BridgeName = "NetPolTools.Yaml";

    /// <summary>YAML: documents one after the other.</summary>
    public static ManifestText Text => new(".yaml", Write, static objects => string.Join('\n', objects.Select(static found => Write(found).TrimEnd('\n'))));

#pragma warning disable CA2255 // A binary module has no other place to run code before its first type is used.
    [ModuleInitializer]
#pragma warning restore CA2255
    internal static void Hook()
    {
        var context = new BridgeContext(BridgeName);
        AssemblyLoadContext.GetLoadContext(typeof(YamlBridge).Assembly)!.Resolving += (_, name) => name.Name == BridgeName ? context.Load() : null;
    }

    // Not inlined: whoever calls this needs the bridge only when it is called.
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static ManifestTokenReader Open(TextReader text, string file) => new YamlTokenReader(text, file);

    /// <inheritdoc cref="YamlSource.Parse"/>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static IReadOnlyList<SourceNode> Parse(string text) => YamlSource.Parse(text);

    /// <inheritdoc cref="YamlManifestWriter.Write"/>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static string Write(ManifestMap manifest) => YamlManifestWriter.Write(manifest);
}
