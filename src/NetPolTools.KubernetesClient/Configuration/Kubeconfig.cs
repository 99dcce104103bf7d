using NetPolTools.Live;

namespace NetPolTools.KubernetesClient.Configuration;

/// <summary>
/// What kubectl makes of one or several kubeconfigs: of entries with the same name the first counts, and so does the first current context; files of
/// $KUBECONFIG that are not there are passed over; names go by case.
/// https://kubernetes.io/docs/concepts/configuration/organize-cluster-access-kubeconfig/#merging-kubeconfig-files
/// </summary>
internal sealed class Kubeconfig
{
    private readonly List<(string Folder, KubeconfigFile Content)> _files = [];

    private Kubeconfig(ClusterConnection connection)
    {
        foreach (var file in KubeconfigBinder.Files(connection.Kubeconfig)
            .Select(file => Path.GetFullPath(file, connection.Folder ?? Environment.CurrentDirectory)))
        {
            if (connection.Kubeconfig is not null || File.Exists(file))
                _files.Add((Path.GetDirectoryName(file)!, KubeconfigFile.Read(file)));
        }
    }

    /// <summary>What a connection stands for.</summary>
    /// <returns>Null where there is no kubeconfig and none is asked for.</returns>
    /// <exception cref="ConfigurationException">A file cannot be read, or lacks what it names.</exception>
    public static Login? Find(ClusterConnection connection)
    {
        var kubeconfig = new Kubeconfig(connection);
        return kubeconfig._files.Count == 0 && connection.Context == ClusterConnection.CurrentContext ? null : kubeconfig.Find(connection.Context);
    }

    private Login Find(string context)
    {
        var name = context != ClusterConnection.CurrentContext
            ? context
            : _files.Select(static file => file.Content.CurrentContext).FirstOrDefault(static current => !string.IsNullOrEmpty(current))
                ?? throw new ConfigurationException("The kubeconfig has no current context.");
        var (_, entry) = First(static file => file.Contexts, found => found.Name == name) ?? throw Missing("context", name);
        var (clusterFolder, cluster) = First(static file => file.Clusters, found => found.Name == entry.Context?.Cluster)
            ?? throw Missing("cluster", entry.Context?.Cluster);

        // A context without a user is one without a login.
        if (string.IsNullOrEmpty(entry.Context?.User))
            return new Login(cluster.Cluster ?? new ClusterEntry(), clusterFolder, "", new UserEntry(), clusterFolder);
        var (userFolder, user) = First(static file => file.Users, found => found.Name == entry.Context.User) ?? throw Missing("user", entry.Context.User);
        return new Login(cluster.Cluster ?? new ClusterEntry(), clusterFolder, entry.Context.User, user.User ?? new UserEntry(), userFolder);
    }

    private (string Folder, T Entry)? First<T>(Func<KubeconfigFile, List<T>?> list, Func<T, bool> isMeant)
        where T : class
    {
        foreach (var (folder, content) in _files)
        {
            if (list(content)?.Find(entry => entry is not null && isMeant(entry)) is { } found)
                return (folder, found);
        }

        return null;
    }

    private static ConfigurationException Missing(string kind, string? name) => new($"{kind} \"{name}\" does not exist in the kubeconfig.");
}
