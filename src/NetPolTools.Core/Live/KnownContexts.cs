using NetPolTools.Reading;
using NetPolTools.Text;

namespace NetPolTools.Live;

/// <summary>The contexts of the kubeconfig that a connection is made with, read from its files alone.</summary>
public static class KnownContexts
{
    private const int MostNames = 5;

    /// <summary>Whatever is wrong with the files is not said here: who connects will say it.</summary>
    /// <param name="connection">Names the kubeconfig, or leaves the choice to kubectl.</param>
    /// <param name="openYaml">Reads YAML.</param>
    public static IReadOnlyList<KubeconfigContext> Of(ClusterConnection connection, YamlReaderFactory openYaml) => [.. Read(connection, openYaml).Contexts];

    /// <summary>The name of the context, which a dot stands for where it is the current one; null where the kubeconfig does not say.</summary>
    /// <inheritdoc cref="Of"/>
    public static string? NameOf(ClusterConnection connection, YamlReaderFactory openYaml) =>
        connection.Context == ClusterConnection.CurrentContext ? Read(connection, openYaml).CurrentContext : connection.Context;

    /// <summary>The namespace that kubectl takes in a context where none is named; null where the kubeconfig does not say.</summary>
    /// <inheritdoc cref="Of"/>
    public static string? NamespaceOf(ClusterConnection connection, YamlReaderFactory openYaml)
    {
        var known = Read(connection, openYaml);
        var name = connection.Context == ClusterConnection.CurrentContext ? known.CurrentContext : connection.Context;
        return known.Contexts.FirstOrDefault(context => context.Name == name)?.Namespace is { Length: > 0 } ns ? ns : null;
    }

    private static KubeconfigBinder Read(ClusterConnection connection, YamlReaderFactory openYaml)
    {
        var binder = new KubeconfigBinder();
        var reader = new ManifestReader(binder, static _ => { }, new ManifestReaderOptions(openYaml));
        foreach (var file in KubeconfigBinder.Files(connection.Kubeconfig)
            .Select(file => Path.GetFullPath(file, connection.Folder ?? Environment.CurrentDirectory)))
        {
            if (File.Exists(file))
                reader.ReadPath(file);
        }

        return binder;
    }

    /// <summary>A sentence with a blank before it, for a connection to a context that there is not; empty where there is one, or none is known.</summary>
    /// <inheritdoc cref="Of"/>
    public static string Advice(ClusterConnection connection, YamlReaderFactory openYaml)
    {
        string[] names = [.. Of(connection, openYaml).Select(static context => context.Name)];
        if (names.Length == 0 || connection.Context == ClusterConnection.CurrentContext || names.Contains(connection.Context))
            return "";
        var near = NearestNames.Of(connection.Context, names);
        return near.Count > 0
            ? NearestNames.Question(near)
            : $" The kubeconfig has {Wording.List(names, MostNames)}.";
    }
}
