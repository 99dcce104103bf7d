using NetPolTools.Reading;
using NetPolTools.Text;

namespace NetPolTools.Live;

/// <summary>
/// The contexts of the kubeconfig that a connection is made with, read once and from its files alone. Whatever is wrong with the files is not said here: who
/// connects will say it.
/// </summary>
public sealed class KnownContexts
{
    private const int MostNames = 5;

    private readonly ClusterConnection _connection;

    private KnownContexts(ClusterConnection connection, KubeconfigBinder found)
    {
        _connection = connection;
        All = [.. found.Contexts];
        Name = connection.Context == ClusterConnection.CurrentContext ? found.CurrentContext : connection.Context;
        Namespace = All.FirstOrDefault(context => context.Name == Name)?.Namespace is { Length: > 0 } ns ? ns : null;
    }

    /// <summary>All that the kubeconfig has.</summary>
    public IReadOnlyList<KubeconfigContext> All { get; }

    /// <summary>The name of the connection's context, which a dot stands for where it is the current one; null where the kubeconfig does not say.</summary>
    public string? Name { get; }

    /// <summary>The namespace that kubectl takes in this context where none is named; null where the kubeconfig does not say.</summary>
    public string? Namespace { get; }

    /// <param name="connection">Names the kubeconfig, or leaves the choice to kubectl.</param>
    /// <param name="openYaml">Reads YAML.</param>
    public static KnownContexts Read(ClusterConnection connection, YamlReaderFactory openYaml)
    {
        var binder = new KubeconfigBinder();
        var reader = new ManifestReader(binder, static _ => { }, new ManifestReaderOptions(openYaml));
        foreach (var file in KubeconfigBinder.Files(connection.Kubeconfig)
            .Select(file => Path.GetFullPath(file, connection.Folder ?? Environment.CurrentDirectory)))
        {
            if (File.Exists(file))
                reader.ReadPath(file);
        }

        return new KnownContexts(connection, binder);
    }

    /// <summary>A sentence with a blank before it, for a connection to a context that there is not; empty where there is one, or none is known.</summary>
    public string Advice()
    {
        string[] names = [.. All.Select(static context => context.Name)];
        if (names.Length == 0 || _connection.Context == ClusterConnection.CurrentContext || names.Contains(_connection.Context))
            return "";
        var near = NearestNames.Of(_connection.Context, names);
        return near.Count > 0
            ? NearestNames.Question(near)
            : $" The kubeconfig has {Wording.List(names, MostNames)}.";
    }
}
