using System.Collections.Immutable;
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
    private static readonly Assembly Core = typeof(ManifestTokenReader).Assembly;

    /// <summary>Beside a Core that was compiled ahead lies what else was; the rest is in the module's folder.</summary>
    private static readonly ImmutableArray<string> Folders =
    [
        Path.GetDirectoryName(Core.Location)!,
        Path.Combine(Path.GetDirectoryName(typeof(BridgeContext).Assembly.Location)!, "deps"),
    ];

    /// <exception cref="FileNotFoundException">The bridge is not in the folder.</exception>
    public Assembly Load() => LoadFromAssemblyName(new AssemblyName(Name!));

    protected override Assembly? Load(AssemblyName assemblyName)
    {
        // What the bridge and the module share must be of the same types.
        if (assemblyName.Name == Core.GetName().Name)
            return Core;
        var file = Folders.Select(folder => Path.Combine(folder, assemblyName.Name + ".dll")).FirstOrDefault(File.Exists);
        return file is null ? null : LoadFromAssemblyPath(file);
    }
}
