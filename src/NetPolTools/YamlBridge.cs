using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.Loader;
using NetPolTools.Reading;
using NetPolTools.Writing;
using NetPolTools.Yaml;

namespace NetPolTools;

/// <summary>
/// Loads NetPolTools.Yaml with the YamlDotNet it was built with from <c>deps</c> into a load context of its own, so that other modules keep
/// their version, whichever comes first.
/// </summary>
internal static class YamlBridge
{
    private const string BridgeName = "NetPolTools.Yaml";

#pragma warning disable CA2255 // A binary module has no other place to run code before its first type is used.
    [ModuleInitializer]
#pragma warning restore CA2255
    internal static void Hook()
    {
        var module = typeof(YamlBridge).Assembly;
        var context = new BridgeContext(Path.Combine(Path.GetDirectoryName(module.Location)!, "deps"));
        AssemblyLoadContext.GetLoadContext(module)!.Resolving += (_, name) =>
            name.Name == BridgeName ? context.LoadFromAssemblyName(name) : null;
    }

    // Not inlined: whoever calls this needs the bridge only when it is called.
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static ManifestTokenReader Open(TextReader text, string file) => new YamlTokenReader(text, file);

    /// <inheritdoc cref="YamlManifestWriter.Write"/>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static string Write(ManifestMap manifest) => YamlManifestWriter.Write(manifest);

    private sealed class BridgeContext(string folder) : AssemblyLoadContext(BridgeName)
    {
        protected override Assembly? Load(AssemblyName assemblyName)
        {
            // The tokens must be the module's own type.
            var core = typeof(ManifestTokenReader).Assembly;
            if (assemblyName.Name == core.GetName().Name)
                return core;
            var file = Path.Combine(folder, assemblyName.Name + ".dll");
            return File.Exists(file) ? LoadFromAssemblyPath(file) : null;
        }
    }
}
