using System.Reflection;
using System.Runtime.Loader;
using NetPolTools.Reading;

namespace NetPolTools;

/// <summary>
/// A load context for one bridge to a library, with what that library needs: from the folder <c>deps</c> of the module, so that other modules keep their
/// versions, whichever comes first.
/// </summary>
/// <param name="bridge">The name of the bridge's assembly.</param>
internal sealed class BridgeContext(string bridge) : AssemblyLoadContext(bridge)
{
    private static readonly string Folder = Path.Combine(Path.GetDirectoryName(typeof(BridgeContext).Assembly.Location)!, "deps");

    /// <exception cref="FileNotFoundException">The bridge is not in the folder.</exception>
    public Assembly Load() => LoadFromAssemblyName(new AssemblyName(Name!));

    protected override Assembly? Load(AssemblyName assemblyName)
    {
        // What the bridge and the module share must be of the same types.
        var core = typeof(ManifestTokenReader).Assembly;
        if (assemblyName.Name == core.GetName().Name)
            return core;
        var file = FileOf(assemblyName.Name!);
        return File.Exists(file) ? LoadFromAssemblyPath(file) : null;
    }

    private static string FileOf(string assembly) => Path.Combine(Folder, assembly + ".dll");
}
